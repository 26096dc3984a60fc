import { sheetText } from '../../messages/sheet'

interface Lasting {
  readonly unit: 'less' | 'seconds' | 'minutes' | 'hours' | 'days'
  readonly seconds: number
  readonly minutes: number
  readonly hours: number
  readonly days: number
}

/** A time in its largest unit and the next smaller one. */
function lasting(ms: number): Lasting {
  const all = Math.floor(ms / 1000)
  const days = Math.floor(all / 86_400)
  const hours = Math.floor(all / 3600) % 24
  const minutes = Math.floor(all / 60) % 60
  const unit = days > 0 ? 'days' : hours > 0 ? 'hours' : minutes > 0 ? 'minutes' : all > 0 ? 'seconds' : 'less'
  return { unit, days, hours, minutes, seconds: all % 60 }
}

/** `31 minutes 3 seconds` */
export function durationText(ms: number): string {
  const { unit, ...parts } = lasting(ms)
  return sheetText.found(`duration.${unit}`, parts) ?? ''
}

/** `31 min 3 s` */
export function shortDuration(ms: number): string {
  const { unit, ...parts } = lasting(ms)
  return sheetText.found(`short.${unit}`, parts) ?? ''
}
