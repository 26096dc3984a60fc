import type { Draft } from './draft'
import type { Intervention } from './intervention'

type Dismissal = Extract<Intervention, { readonly type: 'dismissed' }>

/** One dismissal for each session of a client that fits: only the world knows who is at the far end of a connection. */
export function dismissals(draft: Draft, wanted: Dismissal): readonly Dismissal[] {
  const { at, type, host } = wanted
  return Object.entries(draft.host(host)?.sessions ?? {}).flatMap(([session, { connection: id, end }]) => {
    const connection = id === undefined || end !== 'server' ? undefined : draft.connection(id)
    const fits =
      connection !== undefined &&
      (wanted.session ?? session) === session &&
      (wanted.client ?? connection.client.host) === connection.client.host &&
      (wanted.port ?? connection.port) === connection.port
    return fits ? [{ at, type, host, session }] : []
  })
}
