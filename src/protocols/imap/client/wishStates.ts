import { wish, wishUid } from './context'
import { command, done, patience, reads, tell } from './speech'
import type { ImapClientContext, ImapIntent } from './types'

/** The user's changes to an open mailbox, and waiting for news (RFC 2177). */

/** After a command for the user: whatever the response, the next step follows. */
const wishDone = {
  target: 'choosing',
  actions: [tell(({ context }) => ({ type: 'wishDone', wish: wish(context) as ImapIntent })), 'wishDone'],
} as const

const awaited = { tags: reads, after: patience, on: { accepted: wishDone, rejected: wishDone } } as const

export const wishStates = {
  checking: awaited,
  marking: awaited,
  markingDeleted: {
    tags: reads,
    after: patience,
    on: {
      accepted: {
        target: 'removing',
        actions: [
          // With UIDPLUS only this message is removed, not other deleted ones (RFC 4315 section 2.1).
          ...command(
            (context) => (context.capabilities.includes('UIDPLUS') ? `UID EXPUNGE ${wishUid(context)}` : 'EXPUNGE'),
            (context) =>
              context.capabilities.includes('UIDPLUS')
                ? { type: 'UID EXPUNGE', set: `${wishUid(context)}`, purpose: 'removeOne' }
                : { type: 'EXPUNGE', purpose: 'removeOne' },
          ),
        ],
      },
      rejected: wishDone,
    },
  },
  removing: awaited,
  startingIdle: {
    tags: reads,
    after: patience,
    on: {
      continuation: { target: 'idling' },
      rejected: { target: 'choosing', actions: ['giveUpIdle'] },
    },
  },
  idling: {
    tags: reads,
    always: { guard: 'hasWork', target: 'endingIdle', actions: [done] },
    after: { idleRenewal: { target: 'endingIdle', actions: [done] } },
    on: {
      accepted: { target: 'choosing' },
      rejected: { target: 'choosing', actions: ['giveUpIdle'] },
    },
  },
  endingIdle: {
    tags: reads,
    after: patience,
    on: { accepted: { target: 'choosing' }, rejected: { target: 'choosing', actions: ['giveUpIdle'] } },
  },
} as const

const markOf = (context: ImapClientContext): string => (wish(context)?.type === 'markSeen' ? '\\Seen' : '\\Flagged')

/** The transitions of `choosing` for a user's change to a message. */
export const marksWished = [
  {
    guard: 'wantsRemoval',
    target: 'markingDeleted',
    actions: [
      ...command(
        (context) => `UID STORE ${wishUid(context)} +FLAGS.SILENT (\\Deleted)`,
        (context) => ({ type: 'UID STORE', set: `${wishUid(context)}`, operation: 'add', flags: ['\\Deleted'] }),
      ),
    ],
  },
  {
    guard: 'wantsMark',
    target: 'marking',
    actions: [
      ...command(
        (context) => `UID STORE ${wishUid(context)} +FLAGS (${markOf(context)})`,
        (context) => ({ type: 'UID STORE', set: `${wishUid(context)}`, operation: 'add', flags: [markOf(context)] }),
      ),
    ],
  },
] as const
