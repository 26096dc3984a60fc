import { storyText } from '../messages/story'

const UNITS = [
  { unit: 'days', size: 86_400_000, from: 36 * 3_600_000 },
  { unit: 'hours', size: 3_600_000, from: 90 * 60_000 },
  { unit: 'minutes', size: 60_000, from: 90_000 },
  { unit: 'seconds', size: 1000, from: 0 },
] as const

/** `45 s`, `30 min`, `2 h`, `3 days`: about how long something waits, in one unit. */
export function waitText(ms: number): string {
  const { unit, size } = UNITS.find(({ from }) => ms >= from) ?? UNITS[3]
  return storyText(`wait.${unit}`, { count: Math.round(ms / size) })
}
