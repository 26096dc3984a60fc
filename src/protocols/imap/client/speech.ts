import type { Octets } from '../../../base/octets'
import { meaningOfCommand, meanings, type ParsedCommand } from '../meaning'
import { tagOf } from './context'
import { responseLine } from './login'
import type { Happened, ImapClientContext, ImapClientQuestion, Said } from './types'

/** The commands and reports of the client machine: actions by name, with their params. */

/** Sends a command under the next tag. */
export const command = (
  text: (context: ImapClientContext) => string,
  parsed: (context: ImapClientContext) => ParsedCommand,
) =>
  [
    'nextTag',
    {
      type: 'say',
      params: ({ context }: Happened): Said => ({
        line: `${tagOf(context)} ${text(context)}\r\n` as Octets,
        means: meaningOfCommand(parsed(context)),
      }),
    },
  ] as const

export const tell = (question: (happened: Happened) => ImapClientQuestion) =>
  ({ type: 'ask', params: (happened: Happened) => ({ question: question(happened) }) }) as const

export const done = {
  type: 'say',
  params: (_: Happened): Said => ({ line: 'DONE\r\n' as Octets, means: meanings.done }),
} as const

/** A line within AUTHENTICATE: it is no command, so it has no tag. */
export const respond = {
  type: 'say',
  params: ({ context }: Happened): Said => ({
    line: responseLine(context),
    means: context.response === 'failed' ? meanings.saslCancelled : meanings.saslResponse,
  }),
} as const

export const lost = (why: string) => tell(({ context }) => ({ type: 'sessionLost', why, text: context.lastWords }))
export const patience = { patience: { target: '#imapClient.ended', actions: [lost('timedOut'), 'close'] } } as const
export const reads = ['reads:response'] as const

export const logout = command(
  () => 'LOGOUT',
  () => ({ type: 'LOGOUT' }),
)

/** The login has failed: reports the reason, and logs out. */
export const refused = (text: (happened: Happened) => string) =>
  ({
    target: '#imapClient.loggingOut',
    actions: [tell((happened) => ({ type: 'loginRefused', text: text(happened) })), ...logout],
  }) as const

export const serverText = ({ event }: Happened): string => ('text' in event ? event.text : '')

export const rememberText = {
  type: 'remember',
  params: (happened: Happened) => ({ text: serverText(happened) }),
} as const
export const readCode = {
  type: 'readCode',
  params: ({ event }: Happened) => ({ code: 'code' in event ? event.code : '' }),
} as const

/** The server refuses to continue: keeps its words as the reason. */
export const turnedAway = {
  target: '#imapClient.loggingOut',
  actions: [rememberText, lost('refused'), ...logout],
} as const
