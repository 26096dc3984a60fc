import { eventsText } from '../../messages/events'
import type { FilterFault } from '../../view/events/filter/parse'

/** Says what is wrong with a filter and what to do. */
export function faultText(fault: FilterFault): string {
  switch (fault.is) {
    case 'tooLong':
      return eventsText('fault.tooLong', fault)
    case 'tooDeep':
      return eventsText('fault.tooDeep', fault)
    case 'unknownField':
      return fault.like === undefined
        ? eventsText('fault.unknownField', { name: fault.name })
        : eventsText('fault.unknownFieldLike', { name: fault.name, like: fault.like })
    case 'noField':
      return fault.found === '' ? eventsText('fault.noFieldAtEnd') : eventsText('fault.noField', fault)
    case 'noValue':
      return eventsText('fault.noValue', fault)
    case 'noOperator':
      return eventsText('fault.noOperator', fault)
    case 'notNumber':
      return eventsText('fault.notNumber', fault)
    case 'noOrder':
      return eventsText('fault.noOrder', fault)
    case 'notJoined':
      return eventsText('fault.notJoined', fault)
    case 'stray':
      return eventsText('fault.stray', fault)
    default:
      return eventsText(`fault.${fault.is}`)
  }
}
