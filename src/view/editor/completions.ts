import { fromText, octets, toBase64 } from '../../base/octets'
import { editorText } from '../../messages/editor'
import { faceOf } from '../faces'
import { type LegalNow, startOf } from '../knowledge'
import type { DialogueProtocol } from '../run/connections'

export interface Completion {
  /** The whole line, including the completion. */
  readonly line: string
  readonly label: string
  readonly detail: string
}

/** The people of this world: an account to write from, one to log in to, and readers to write to. */
export interface People {
  readonly from: string
  readonly to: readonly string[]
  readonly hello: string
  readonly login?: { readonly user: string; readonly password: string }
}

const MOST = 12

/** Completions of this line: the server's legal commands that begin like it, then arguments that make sense here. */
export function completionsOf(
  line: string,
  protocol: DialogueProtocol,
  legal: readonly LegalNow[],
  people: People,
): readonly Completion[] {
  const tag = faceOf(protocol).tagged ? (/^(\S+ )/.exec(line)?.[1] ?? '') : ''
  const said = line.slice(tag.length).toUpperCase()
  const found: Completion[] = []
  for (const command of legal) {
    for (const [start, detail] of linesOf(command, protocol, people)) {
      if (start.toUpperCase().startsWith(said) && start.length > said.length) {
        found.push({ line: tag + start, label: start.trim(), detail })
      }
    }
  }
  return found.slice(0, MOST)
}

/** The tag for the next IMAP command, counted up: `a1`, `a2` (RFC 9051 section 2.2.1). */
export function tagged(protocol: DialogueProtocol, text: string, commandsSaid: number): string {
  return faceOf(protocol).tagged && text !== '' && text.toUpperCase() !== 'DONE' ? `a${commandsSaid + 1} ${text}` : text
}

function linesOf(
  command: LegalNow,
  protocol: DialogueProtocol,
  people: People,
): readonly (readonly [string, string])[] {
  const start = startOf(command)
  if (start === '') return []
  return [
    [start, command.effect],
    ...argumentsOf(command.name, protocol, people).map((line) => [line, editorText('example')] as const),
  ]
}

function argumentsOf(name: string, protocol: DialogueProtocol, { from, to, hello, login }: People): readonly string[] {
  switch (`${protocol} ${name}`) {
    case 'SMTP EHLO':
    case 'SMTP HELO':
      return [`${name} ${hello}`]
    case 'SMTP MAIL':
      return [`MAIL FROM:<${from}>`]
    case 'SMTP RCPT':
      return to.map((address) => `RCPT TO:<${address}>`)
    case 'SMTP VRFY':
      return to.map((address) => `VRFY ${address}`)
    case 'SMTP AUTH':
      return login ? [authLine(login)] : []
    case 'POP3 USER':
      return login ? [`USER ${login.user}`] : []
    case 'POP3 PASS':
      return login ? [`PASS ${login.password}`] : []
    case 'IMAP LOGIN':
      return login ? [`LOGIN ${login.user} ${login.password}`] : []
    case 'IMAP SELECT':
    case 'IMAP EXAMINE':
      return [`${name} INBOX`]
    case 'IMAP LIST':
      return ['LIST "" "*"']
    case 'IMAP FETCH':
      return ['FETCH 1 (FLAGS ENVELOPE)', 'FETCH 1 BODY.PEEK[]']
    case 'IMAP STORE':
      return ['STORE 1 +FLAGS (\\Seen)', 'STORE 1 +FLAGS (\\Deleted)']
    default:
      return []
  }
}

/** The line by which a person logs in with AUTH PLAIN. */
export const authLine = (login: NonNullable<People['login']>): string => `AUTH PLAIN ${plain(login)}`

/** The initial response of AUTH PLAIN (RFC 4616 section 2): NUL user NUL password. */
const plain = ({ user, password }: { readonly user: string; readonly password: string }): string =>
  toBase64(octets(`\0${fromText(user)}\0${fromText(password)}`))
