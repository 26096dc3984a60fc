/** Names of the states of machines, as panels list them: by a protocol's key and the state's path. */

const titles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'smtp.server': {
    listening: 'listening',
    session: 'session',
    'session.ready': 'reading commands',
    'session.ready.waiting': 'waiting',
    'session.ready.tlsRequired': 'waiting for encryption',
    'session.ready.greeted': 'greeted',
    'session.ready.transaction': 'a letter under way',
    'session.ready.transaction.senderKnown': 'sender known',
    'session.ready.transaction.recipientsKnown': 'recipients known',
    'session.ready.transaction.chunksUnderWay': 'chunks under way',
    'session.ready.transaction.chunksRefused': 'a chunk was refused',
    'session.mailData': 'taking the letter',
    'session.takingChunk': 'taking a chunk',
    'session.discardingChunk': 'throwing a chunk away',
    'session.awaitingResponse': 'awaiting a proof',
    checkingRecipient: 'checking the recipient',
    verifyingUser: 'looking up a name',
    authenticating: 'judging a proof',
    storing: 'storing the letter',
    returning: 'going on where it was',
    securing: 'making the wire private',
    closed: 'closed',
  },
}

/** The title of a state, `session.mailData` of `smtp.server`. */
export const stateTitle = (protocol: string, path: string): string | undefined => titles[protocol]?.[path]
