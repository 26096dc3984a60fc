import { zoneText } from '../../messages/zone'
import type { Fault } from '../../world/fact'

/** Says in one sentence the fault of a zone's text and the remedy. */
export function zoneFaultText({ is, ...values }: Fault): string {
  const { what, most } = values
  return (
    zoneText.found(`fault.${is}`, {
      ...Object.fromEntries(
        Object.entries(values).map(([key, value]) => [key, value === '.' ? zoneText('root') : value]),
      ),
      // A number that the standard gives and a person types: it is shown without separators.
      ...(most === undefined ? {} : { most: String(most) }),
      ...(what === undefined ? {} : { what: zoneText.found(`what.${what}`) ?? what }),
    }) ?? is
  )
}
