import { lookUp } from '../knowledge'
import { edgesOf, type Graph } from './graph'

/** Where the standards say what an arrow means. */

/** Events that are no commands, and states that go on without one, by protocol. */
const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SMTP: {
    opened: 'RFC 5321, section 3.1',
    secured: 'RFC 3207, section 4.2',
    commandTimeout: 'RFC 5321, section 4.5.3.2.7',
    stopping: 'RFC 5321, section 3.8',
    closed: 'RFC 5321, section 3.8',
    mailDataPart: 'RFC 5321, section 4.1.1.4',
    endOfMailData: 'RFC 5321, section 4.1.1.4',
    chunkPart: 'RFC 3030, section 2',
    endsChunk: 'RFC 3030, section 2',
    endsMessage: 'RFC 3030, section 2',
    messageTaken: 'RFC 5321, section 4.1.1.4',
    messageRefused: 'RFC 5321, section 4.1.1.4',
    malformed: 'RFC 5321, section 4.2.4',
    lineTooLong: 'RFC 5321, section 4.5.3.1.4',
    mistaken: 'RFC 5321, section 7.8',
    mistakePause: 'RFC 5321, section 7.8',
    isForgiven: 'RFC 5321, section 7.8',
    erredTooOften: 'RFC 5321, section 7.8',
  },
  IMAP: {
    opened: 'RFC 9051 section 7.1.5',
    secured: 'RFC 9051 section 6.2.1',
    autologout: 'RFC 9051 section 5.4',
    stopping: 'RFC 9051 section 7.1.5',
    closed: 'RFC 9051 section 3.4',
    mailboxChanged: 'RFC 9051 section 5.2',
    literalAnnounced: 'RFC 9051 section 4.3',
    literalRead: 'RFC 9051 section 4.3',
    unreadable: 'RFC 9051 section 7.1.3',
    lineTooLong: 'RFC 7162 section 4',
    DONE: 'RFC 9051 section 6.3.13',
    notDone: 'RFC 9051 section 6.3.13',
    loggedIn: 'RFC 9051 section 6.2.3',
    loginFailed: 'RFC 9051 section 6.2.3',
    mailboxSelected: 'RFC 9051 section 6.3.2',
    messagesExpunged: 'RFC 9051 section 6.4.1',
    mistaken: 'RFC 9051 section 11.7',
    mistakePause: 'RFC 9051 section 11.7',
    isForgiven: 'RFC 9051 section 11.7',
  },
  POP3: {
    opened: 'RFC 1939 section 4',
    timestamped: 'RFC 1939 section 7',
    secured: 'RFC 2595 section 4',
    autologout: 'RFC 1939 section 3',
    closed: 'RFC 1939 section 6',
    maildropOpened: 'RFC 1939 section 4',
    maildropRefused: 'RFC 1939 section 4',
    retrieved: 'RFC 1939 section 5',
    notRetrieved: 'RFC 1939 section 5',
    updated: 'RFC 1939 section 6',
    unreadable: 'RFC 1939 section 3',
    pause: 'RFC 1939 section 3',
  },
}

/** The exchange of challenges and responses is the same for all. */
const shared: Readonly<Record<string, string>> = {
  saslChallenge: 'RFC 4422 section 3',
  saslResponse: 'RFC 4422 section 3',
  saslCancelled: 'RFC 4422 section 3.5',
  authenticated: 'RFC 4422 section 3.6',
  authenticationFailed: 'RFC 4422 section 3.6',
}

/**
 * The section about an event of a state: of a command that of its entry; of what follows a command, such as the host's answer, that
 * of the command, which leads to the state.
 */
export function sectionOf(protocol: string, graph: Graph, from: string, event: string): string | undefined {
  return (
    (event === '' ? undefined : lookUp(protocol, event)?.rfc) ??
    sections[protocol]?.[event === '' ? from : event] ??
    shared[event] ??
    graph.states
      .filter(({ kind }) => kind === 'reads')
      .flatMap(({ path }) => edgesOf(graph, path).filter(({ to }) => to === from))
      .map((edge) => lookUp(protocol, edge.event)?.rfc)
      .find((rfc) => rfc !== undefined)
  )
}
