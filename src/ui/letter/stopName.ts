import { sheetText } from '../../messages/sheet'
import type { Journey } from '../../view/message/journey'
import type { Names } from '../../view/run/names'

/** A stop's name in a row of stops; two mailboxes on one host are told apart by their users. */
export function stopName({ stops }: Journey, place: number, names: Names): string {
  const stop = stops[place]
  if (!stop) return ''
  if (stop.kind === 'written') return names.title(stop.host)
  const isAlone = stops.every(({ host }, other) => other === place || host !== stop.host)
  const host = names.short(stop.host)
  return isAlone || !stop.box ? host : sheetText('mailbox', { host, user: stop.box.user })
}
