import type { Host, World } from '../../world/world'
import type { Moment } from '../run/useMoment'

/** The subject of a machine room: a host in the world at a moment. */
export interface RoomProps {
  readonly host: Host
  readonly world: World
  readonly moment: Moment
}
