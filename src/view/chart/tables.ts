import type { Graph } from './graph'
import { type PlacedArrow, pathOfPlace, type Table } from './table'

/** The places of the states of our own machines. */

const smtpServer: Table = {
  width: 952,
  height: 760,
  at: {
    listening: [96, 88],
    'ready.waiting': [96, 176],
    'ready.tlsRequired': [96, 288],
    securing: [96, 400],
    closed: [96, 640],
    'ready.greeted': [288, 176],
    'ready.transaction.senderKnown': [472, 176],
    'ready.transaction.recipientsKnown': [800, 176],
    checkingRecipient: [640, 264],
    storing: [512, 368],
    mailData: [800, 368],
    'ready.transaction.chunksUnderWay': [592, 504],
    takingChunk: [800, 504],
    'ready.transaction.chunksRefused': [592, 568],
    discardingChunk: [800, 568],
    mistaken: [304, 504],
    pausing: [304, 576],
    authenticating: [288, 672],
    awaitingResponse: [504, 672],
    verifyingUser: [688, 672],
    returning: [856, 672],
  },
  frames: [{ name: 'session', x: 192, y: 48, width: 744, height: 672 }],
  strips: [{ of: 'ready', events: ['NOOP', 'HELP', 'EHLO', 'VRFY', 'QUIT'], x: 208, y: 72, width: 712 }],
  lanes: [
    { name: 'mistakes', x: 216, y: 440, width: 200, ruled: true },
    { name: 'chunks', x: 488, y: 440, width: 432, ruled: true },
    { name: 'proof', x: 216, y: 616, width: 360, ruled: true },
    { name: 'lookUp', x: 608, y: 616, width: 312, ruled: true },
  ],
  arrows: [
    ['listening', 'ready.waiting'],
    ['ready.waiting', 'ready.greeted', ['EHLO']],
    ['ready.greeted', 'ready.transaction.senderKnown', ['MAIL']],
    ['ready.transaction.senderKnown', 'checkingRecipient', ['RCPT']],
    ['checkingRecipient', 'ready.transaction.senderKnown', ['recipientRefused']],
    ['checkingRecipient', 'ready.transaction.recipientsKnown', ['recipientAccepted']],
    ['ready.transaction.recipientsKnown', 'checkingRecipient', ['RCPT']],
    ['ready.transaction.recipientsKnown', 'mailData', ['DATA']],
    ['mailData', 'storing', ['endOfMailData']],
    ['storing', 'ready.greeted', ['messageTaken']],
    ['ready.transaction.senderKnown', 'ready.greeted', ['RSET']],
    ['ready.transaction.chunksUnderWay', 'takingChunk', ['BDAT']],
    ['takingChunk', 'ready.transaction.chunksUnderWay', ['endsChunk']],
    ['discardingChunk', 'ready.transaction.chunksRefused', ['endsChunk']],
    ['takingChunk', 'storing', ['endsMessage']],
    ['ready.transaction.recipientsKnown', 'takingChunk', ['BDAT']],
    ['mistaken', 'pausing', []],
    ['authenticating', 'awaitingResponse', ['saslChallenge']],
    ['awaitingResponse', 'authenticating', ['saslResponse']],
    ['verifyingUser', 'returning', ['userVerified']],
    ['ready.tlsRequired', 'securing', ['STARTTLS']],
    ['securing', 'ready.waiting', ['secured']],
    ['ready.waiting', 'closed', ['QUIT']],
    ['frame:session', 'closed', ['QUIT']],
  ],
  good: [
    'ready.waiting',
    'ready.greeted',
    'ready.transaction.senderKnown',
    'ready.transaction.recipientsKnown',
    'mailData',
    'storing',
    'ready.greeted',
    'closed',
  ],
  back: 'returning',
}

const imapServer: Table = {
  width: 952,
  height: 776,
  at: {
    connecting: [88, 40],
    'ready.notAuthenticated': [88, 152],
    authenticating: [208, 240],
    awaitingResponse: [208, 336],
    securing: [208, 432],
    'ready.loggedIn.authenticated': [400, 152],
    opening: [520, 240],
    'asking@ready.loggedIn.authenticated': [520, 336],
    'idling@ready.loggedIn.authenticated': [520, 432],
    'ready.loggedIn.selected': [704, 152],
    'asking@ready.loggedIn.selected': [824, 240],
    'idling@ready.loggedIn.selected': [824, 336],
    closing: [824, 432],
    deciding: [88, 712],
    returning: [232, 712],
    literal: [392, 712],
    restOfLine: [568, 712],
    mistaken: [720, 712],
    pausing: [864, 712],
    logout: [472, 592],
  },
  frames: [
    { name: 'notAuthenticated', x: 24, y: 96, width: 288, height: 416, room: 'ready.notAuthenticated' },
    { name: 'authenticated', x: 344, y: 96, width: 264, height: 416, room: 'ready.loggedIn.authenticated' },
    { name: 'selected', x: 640, y: 96, width: 296, height: 416, room: 'ready.loggedIn.selected' },
  ],
  strips: [{ of: 'ready', events: ['CAPABILITY', 'NOOP', 'ID', 'LOGOUT'], x: 176, y: 24, width: 760 }],
  lanes: [{ name: 'between', x: 32, y: 648, width: 904, ruled: true }],
  arrows: [
    ['connecting', 'ready.notAuthenticated'],
    ['ready.notAuthenticated', 'authenticating', []],
    ['ready.notAuthenticated', 'securing', []],
    ['authenticating', 'awaitingResponse', ['saslChallenge']],
    ['awaitingResponse', 'authenticating', []],
    ['authenticating', 'ready.loggedIn.authenticated', ['loggedIn']],
    ['ready.loggedIn.authenticated', 'opening', []],
    ['ready.loggedIn.authenticated', 'asking@ready.loggedIn.authenticated', []],
    ['ready.loggedIn.authenticated', 'idling@ready.loggedIn.authenticated', []],
    ['opening', 'ready.loggedIn.selected', ['mailboxSelected']],
    ['ready.loggedIn.selected', 'asking@ready.loggedIn.selected', []],
    ['ready.loggedIn.selected', 'idling@ready.loggedIn.selected', []],
    ['ready.loggedIn.selected', 'closing', []],
    ['closing', 'ready.loggedIn.authenticated', ['messagesExpunged']],
    ['frame:notAuthenticated', 'logout', ['autologout']],
    ['frame:authenticated', 'logout', ['LOGOUT']],
    ['frame:selected', 'logout', ['closed']],
    ['mistaken', 'pausing', []],
  ],
  captions: {
    authenticating: { above: ['LOGIN', 'AUTHENTICATE'], below: 'refusedBack' },
    awaitingResponse: { below: 'proof' },
    securing: { above: ['STARTTLS'] },
    opening: { above: ['SELECT', 'EXAMINE'], below: 'refusedBack' },
    'asking@ready.loggedIn.authenticated': { above: ['LIST', 'STATUS', 'APPEND'], below: 'answerBack' },
    'idling@ready.loggedIn.authenticated': { above: ['IDLE'], below: 'done' },
    'asking@ready.loggedIn.selected': { above: ['FETCH', 'STORE', 'COPY'], below: 'answerBack' },
    'idling@ready.loggedIn.selected': { above: ['IDLE'], below: 'done' },
    closing: { above: ['CLOSE'] },
  },
  good: [
    'connecting',
    'ready.notAuthenticated',
    'authenticating',
    'ready.loggedIn.authenticated',
    'opening',
    'ready.loggedIn.selected',
    'asking',
    'ready.loggedIn.selected',
    'logout',
  ],
  goodEvents: {
    'ready.notAuthenticated>authenticating': 'LOGIN',
    'ready.loggedIn.authenticated>opening': 'SELECT',
    'ready.loggedIn.selected>asking': 'FETCH',
  },
  back: 'returning',
}

const pop3Server: Table = {
  width: 952,
  height: 720,
  at: {
    connecting: [88, 88],
    greeting: [88, 264],
    closed: [88, 624],
    'authorization.noUser': [272, 176],
    'authorization.userGiven': [488, 176],
    'authorization.verifying': [488, 288],
    'authorization.challenged': [272, 288],
    'authorization.opening': [488, 392],
    'authorization.securing': [272, 392],
    'authorization.pausing': [272, 496],
    'authorization.pausingWithUser': [488, 496],
    'transaction.ready': [768, 176],
    'transaction.retrieving': [768, 320],
    'transaction.pausing': [768, 496],
    update: [768, 624],
  },
  frames: [
    { name: 'authorization', x: 176, y: 48, width: 432, height: 504 },
    { name: 'transaction', x: 656, y: 48, width: 272, height: 504 },
  ],
  strips: [
    { of: 'authorization.noUser', events: ['CAPA', 'LANG', 'UTF8'], x: 192, y: 72, width: 400 },
    { of: 'transaction.ready', events: ['STAT', 'LIST', 'NOOP', 'DELE'], x: 664, y: 72, width: 256 },
  ],
  lanes: [],
  arrows: [
    ['connecting', 'authorization.noUser', ['opened']],
    ['connecting', 'greeting', ['opened']],
    ['greeting', 'authorization.noUser', ['timestamped']],
    ['authorization.noUser', 'authorization.userGiven', ['USER']],
    ['authorization.userGiven', 'authorization.verifying', ['PASS']],
    ['authorization.noUser', 'authorization.verifying', ['APOP']],
    ['authorization.verifying', 'authorization.challenged', ['saslChallenge']],
    ['authorization.challenged', 'authorization.verifying', ['saslResponse']],
    ['authorization.verifying', 'authorization.opening', ['authenticated']],
    ['authorization.verifying', 'authorization.noUser', ['authenticationFailed']],
    ['authorization.opening', 'transaction.ready', ['maildropOpened']],
    ['authorization.noUser', 'authorization.securing', ['STLS']],
    ['transaction.ready', 'transaction.retrieving', ['RETR', 'TOP']],
    ['transaction.retrieving', 'transaction.ready', ['retrieved']],
    ['transaction.ready', 'update', ['QUIT']],
    ['update', 'closed', ['updated']],
    ['frame:authorization', 'closed', ['QUIT']],
  ],
  good: [
    'authorization.noUser',
    'authorization.userGiven',
    'authorization.opening',
    'transaction.ready',
    'transaction.retrieving',
    'transaction.ready',
    'update',
    'closed',
  ],
  goodEvents: { 'authorization.userGiven>authorization.opening': 'PASS' },
}

const COLUMN = 192
const ROW = 104

/** A machine whose states stand in rows, in the order in which a session goes through them; a dash leaves a place free. */
function inRows(
  rows: readonly (readonly string[])[],
  good: readonly string[],
  arrows: (graph: Graph) => readonly PlacedArrow[],
): (graph: Graph) => Table {
  const at = Object.fromEntries(
    rows.flatMap((row, y) =>
      row.flatMap((path, x) => (path === '-' ? [] : [[path, [104 + x * COLUMN, 64 + y * ROW] as const] as const])),
    ),
  )
  const width = 16 + COLUMN * Math.max(...rows.map(({ length }) => length))
  const height = 24 + ROW * rows.length
  return (graph) => ({ width, height, at, good, arrows: arrows(graph) })
}

/** The arrows that a state defines itself, but not those to these states, to which almost all lead. */
const allBut =
  (...ends: readonly string[]) =>
  (graph: Graph): readonly PlacedArrow[] => {
    const pairs = new Map<string, PlacedArrow>()
    for (const { from, to } of graph.edges) {
      if (to === undefined || to === from || ends.includes(to)) continue
      if (graph.states.some(({ path }) => path === from)) pairs.set(`${from}>${to}`, [from, to])
    }
    return [...pairs.values()]
  }

const tables: Readonly<Record<string, (graph: Graph) => Table>> = {
  'smtp.server': () => smtpServer,
  'imap.server': () => imapServer,
  'pop3.server': () => pop3Server,
  'smtp.byHand.server': inRows(
    [
      ['listening', 'mailData', 'awaitingResponse', 'closed'],
      ['securing', 'answering', 'takingChunk', '-'],
      ['-', 'reading', 'storing'],
    ],
    ['listening', 'answering', 'reading', 'answering', 'mailData', 'answering', 'storing', 'reading'],
    allBut(),
  ),
  'smtp.client': inRows(
    [
      ['connecting', 'awaitingGreeting', 'initiation.sayingHello', 'initiation.choosing', 'ready'],
      ['-', 'initiation.sayingHelo', 'initiation.securing', 'initiation.askingForTls', 'initiation.loggingIn'],
      [
        'transaction.namingSender',
        'transaction.namingRecipient',
        'transaction.recipientAnswered',
        'transaction.askingToSend',
        'transaction.sendingMailData',
      ],
      [
        '-',
        'transaction.hearingOfSpoiltChunks',
        'transaction.choosingChunks',
        'transaction.sendingChunk',
        'transaction.sendingLastChunk',
      ],
      [
        'group.hearingOfSender',
        'group.hearingOfRecipient',
        'group.recipientAnswered',
        'group.hearingOfData',
        'group.sendingNoMailData',
      ],
      ['-', '-', 'startingOver', 'sayingGoodbye', 'closed'],
    ],
    [
      'connecting',
      'awaitingGreeting',
      'initiation.sayingHello',
      'initiation.choosing',
      'ready',
      'transaction.namingSender',
      'transaction.namingRecipient',
      'transaction.recipientAnswered',
      'transaction.askingToSend',
      'transaction.sendingMailData',
      'ready',
      'sayingGoodbye',
      'closed',
    ],
    allBut('closed', 'sayingGoodbye', 'startingOver', 'ready'),
  ),
  'imap.client': inRows(
    [
      ['connecting', 'greeting', 'introducing', 'loggingIn', 'introduced'],
      ['startingTls', 'securing', 'askingCapabilities', 'authenticating', 'askingAgain'],
      ['comparing', 'inStep', 'choosing', 'opening', 'enabling'],
      ['askingWhatIsLeft', 'askingForChanges', 'listing', 'fetching', 'keeping'],
      ['marking', 'markingDeleted', 'removing', 'checking', 'ended'],
      ['moving', 'copying', 'creating', '-', '-'],
      ['startingIdle', 'idling', 'endingIdle', 'loggingOut'],
    ],
    [
      'connecting',
      'greeting',
      'introducing',
      'loggingIn',
      'introduced',
      'opening',
      'choosing',
      'listing',
      'choosing',
      'fetching',
      'keeping',
      'choosing',
      'startingIdle',
      'idling',
    ],
    allBut('ended', 'loggingOut', 'choosing'),
  ),
  'pop3.client': inRows(
    [
      ['connecting', 'greeting', 'discovering.asking', 'discovering.reading', 'discovering.deciding'],
      ['-', '-', 'securing.asking', 'securing.negotiating', 'discovering.utf8'],
      [
        'authorization.user',
        'authorization.choosing',
        'authorization.exchange',
        'authorization.responding',
        'authorization.cancelling',
      ],
      ['authorization.password', 'authorization.digest', '-', '-', '-'],
      ['transaction.counting', 'transaction.naming', 'transaction.readingNames', 'transaction.choosing', 'update'],
      ['transaction.keeping', 'transaction.receiving', 'transaction.retrieving', 'transaction.had', 'reported'],
      ['-', '-', 'leaving', 'transaction.deleting', 'closed'],
    ],
    [
      'connecting',
      'greeting',
      'discovering.asking',
      'discovering.reading',
      'discovering.deciding',
      'authorization.user',
      'authorization.password',
      'transaction.counting',
      'transaction.naming',
      'transaction.readingNames',
      'transaction.choosing',
      'transaction.retrieving',
      'transaction.receiving',
      'transaction.keeping',
      'transaction.had',
      'transaction.choosing',
      'update',
      'reported',
      'closed',
    ],
    allBut('leaving', 'closed'),
  ),
  'dns.stub': inRows(
    [
      ['checking', 'asking', 'reading', 'answered'],
      ['impossible', 'askingOverTcp', '-', 'nodata'],
      ['-', 'timedOut', 'failed', 'nxdomain'],
    ],
    ['checking', 'asking', 'reading', 'answered'],
    allBut(),
  ),
  'dns.resolver': inRows(
    [
      ['lookingInCache', 'choosing', 'asking', 'reading', 'answered'],
      ['-', 'findingAddress', 'askingOverTcp', 'followingReferral', 'noSuchData'],
      ['-', '-', '-', 'followingCname', 'noSuchName'],
      ['-', '-', 'failed', '-', '-'],
    ],
    ['lookingInCache', 'choosing', 'asking', 'reading', 'answered'],
    allBut(),
  ),
  'dns.server': inRows(
    [['waiting', 'answering', 'full'], ['closed']],
    ['waiting', 'answering', 'waiting', 'closed'],
    allBut(),
  ),
  'dns.client': inRows(
    [
      ['connecting', 'asking', 'answered'],
      ['-', 'failed'],
    ],
    ['connecting', 'asking', 'answered'],
    allBut(),
  ),
  'text.client': inRows(
    [
      ['connecting', 'open', 'hungUp', 'over'],
      ['-', 'securing', 'closed'],
    ],
    ['connecting', 'open', 'hungUp', 'over'],
    allBut(),
  ),
  'mta.delivery': inRows(
    [
      ['queued', 'trying', 'findingExchangers', 'findingAddress', 'transferring'],
      ['-', '-', 'findingIpv6Address', 'leavingExchanger', 'finished'],
      ['waiting', 'deferring', '-', 'returned', '-'],
    ],
    ['queued', 'trying', 'findingExchangers', 'findingAddress', 'transferring', 'finished'],
    allBut(),
  ),
}

/** The machines that have a table. */
export const TABLED: readonly string[] = Object.keys(tables)

/** The places of a machine's states. A machine that no table knows has all its states in rows, in the order of its definition. */
export function tableOf(graph: Graph): Table {
  const known = tables[graph.key]?.(graph)
  if (known) return known
  const paths = graph.states.map(({ path }) => path)
  const rows = Array.from({ length: Math.ceil(paths.length / 4) }, (_, row) => paths.slice(row * 4, row * 4 + 4))
  return inRows(rows, paths, allBut())(graph)
}

/** The places at which a state stands. */
export const placesOf = ({ at }: Pick<Table, 'at'>, path: string): readonly string[] =>
  Object.keys(at).filter((place) => pathOfPlace(place) === path)
