import type { Instant } from '../../base/time'
import { stageText } from '../../messages/stage'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** `00:01.311`; from the first hour on `1:00:01`, from the first day on `9 d 14:00:01`. */
export function clockText(t: Instant | number): string {
  const ms = Math.max(0, Math.floor(t))
  const pad = (n: number, width: number): string => String(n).padStart(width, '0')
  if (ms >= HOUR) {
    const [minute, second] = [Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
    const hour = Math.floor((ms % DAY) / HOUR)
    const time = `${pad(hour, ms >= DAY ? 2 : 1)}:${pad(minute, 2)}:${pad(second, 2)}`
    return ms >= DAY ? stageText('daysAndTime', { days: Math.floor(ms / DAY), time }) : time
  }
  return `${pad(Math.floor(ms / 60_000), 2)}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`
}
