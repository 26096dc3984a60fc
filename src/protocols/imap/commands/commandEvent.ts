import type { Octets } from '../../../base/octets'
import type { CommandName } from '../grammar/commandNames'

/** A command as a machine event: the event's type is the command's name. */
export interface CommandEvent {
  readonly type: CommandName
  readonly tag: Octets
  readonly args: unknown
}
