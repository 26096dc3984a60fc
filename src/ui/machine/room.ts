import type { Host, World } from '../../world/world'
import type { Moment } from '../run/useMoment'

/** What a machine room shows: a host in the world as it stands at a moment. */
export interface RoomProps {
  readonly host: Host
  readonly world: World
  readonly moment: Moment
}
