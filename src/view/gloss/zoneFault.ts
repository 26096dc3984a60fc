import { zoneText } from '../../messages/zone'
import type { Fault } from '../../world/fact'

/** What is wrong in the text of a zone, and the remedy, in one sentence. */
export function zoneFaultText({ is, ...values }: Fault): string {
  const { what, most } = values
  return (
    zoneText.found(`fault.${is}`, {
      ...values,
      // A number of the standard, which is typed as it stands: without separators.
      ...(most === undefined ? {} : { most: String(most) }),
      ...(what === undefined ? {} : { what: zoneText.found(`what.${what}`) ?? what }),
    }) ?? is
  )
}
