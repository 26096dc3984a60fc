import type { FetchedKind, ImapParsed, ParsedCommand, ParsedData, ParsedStatus } from '../../protocols/imap/meaning'

/** Plain sentences about single lines of IMAP, as the map's captions say them. */

const letters = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`
/** A flag as a caption says it: `seen`. */
const flagWords = (flags: readonly string[]): string =>
  flags.map((flag) => flag.replace(/^\\/, '').toLowerCase()).join(', ')

const fetched: Readonly<Record<FetchedKind, string>> = {
  header: 'the header',
  part: 'one part',
  message: 'the whole text',
  envelope: 'who wrote, when and about what',
  structure: 'how it is built',
  flags: 'the marks',
  other: 'the data',
}

const plain = {
  DONE: 'Thank you, that is enough.',
  notDone: 'This is not DONE.',
  unreadable: 'This line cannot be read.',
  lineTooLong: 'This line is too long.',
  notImap: 'A line of HTTP, as a web browser says it.',
  saslResponse: 'This proves who I am.',
  saslCancelled: 'Let us leave it.',
} as const

export function imapGloss(parsed: ImapParsed): string {
  switch (parsed.type) {
    case 'status':
      return statusGloss(parsed)
    case 'data':
      return dataGloss(parsed.data)
    case 'continuation':
      if (parsed.answers === 'IDLE') return 'I will tell you when something comes.'
      return parsed.answers === 'literal' ? 'Go on.' : 'Prove who you are.'
    case 'literalAnnounced':
      return `${parsed.size} octets follow just as they are.`
    case 'literal':
      return `The ${parsed.size} octets that were announced.`
    case 'DONE':
    case 'notDone':
    case 'unreadable':
    case 'lineTooLong':
    case 'notImap':
    case 'saslResponse':
    case 'saslCancelled':
      return plain[parsed.type]
    default:
      return commandGloss(parsed)
  }
}

function commandGloss(command: ParsedCommand): string {
  switch (command.type) {
    case 'CAPABILITY':
      return command.purpose === 'learnMore' ? 'What can you do, now that you know me?' : 'What can you do?'
    case 'NOOP':
      return 'Anything new?'
    case 'CHECK':
      return 'Put everything in order, and tell me what is new.'
    case 'LOGOUT':
      return 'That is all. Goodbye.'
    case 'ID':
      return 'This is my name. What is yours?'
    case 'STARTTLS':
      return 'Let us speak so that nobody else can listen.'
    case 'LOGIN':
      return `I am ${command.user}, and this is my password.`
    case 'AUTHENTICATE':
      return `Let me log in by ${command.mechanism}.`
    case 'ENABLE': {
      const names = command.capabilities.join(' and ')
      return names === 'QRESYNC' ? 'Tell me of changes only, and by UID.' : `I understand ${names}.`
    }
    case 'SELECT':
      return command.since
        ? `What has changed in ${command.mailbox} since I was here?`
        : `Anything new in ${command.mailbox}?`
    case 'EXAMINE':
      return `Let me look into ${command.mailbox} without touching anything.`
    case 'CREATE':
      return `Make a mailbox ${command.mailbox}.`
    case 'DELETE':
      return `Delete the mailbox ${command.mailbox} with all that is in it.`
    case 'RENAME':
      return `Call the mailbox ${command.mailbox} ${command.to}.`
    case 'SUBSCRIBE':
      return `Show me ${command.mailbox} among my mailboxes.`
    case 'UNSUBSCRIBE':
      return `Do not show me ${command.mailbox} among my mailboxes.`
    case 'LIST':
      return command.subscribed ? 'Which mailboxes am I subscribed to?' : 'Which mailboxes are there?'
    case 'LSUB':
      return 'Which mailboxes am I subscribed to?'
    case 'NAMESPACE':
      return 'Under which names do my mailboxes lie?'
    case 'STATUS':
      return `How many letters are in ${command.mailbox}?`
    case 'APPEND':
      return `Put this letter into ${command.mailbox}.`
    case 'GETQUOTA':
      return 'How much may I keep?'
    case 'GETQUOTAROOT':
      return `How much room is left for ${command.mailbox}?`
    case 'SETQUOTA':
      return 'Let me keep this much.'
    case 'IDLE':
      return 'Tell me when something comes.'
    case 'CLOSE':
      return 'Close the mailbox and throw out what I marked.'
    case 'UNSELECT':
      return 'Close the mailbox and leave everything as it is.'
    case 'EXPUNGE':
      return command.purpose === 'removeOne' ? 'Throw it out.' : 'Throw out everything I marked as deleted.'
    case 'UID EXPUNGE':
      return command.purpose === 'removeOne'
        ? 'Throw it out.'
        : `Throw out the letter with UID ${command.set}, if I marked it.`
    case 'SEARCH':
      return 'Which letters fit this?'
    case 'UID SEARCH':
      return command.purpose === 'findRemaining'
        ? 'And which of my letters are still there?'
        : 'Which letters fit this? Tell me their UIDs.'
    case 'SORT':
      return `Which letters fit this, ordered by ${keys(command.criteria)}?`
    case 'UID SORT':
      return `Which letters fit this, ordered by ${keys(command.criteria)}? Tell me their UIDs.`
    case 'THREAD':
    case 'UID THREAD':
      return 'Which letters answer which?'
    case 'FETCH':
      return `Give me ${fetched[command.kind]} of letter ${command.set}.`
    case 'UID FETCH':
      return uidFetchGloss(command)
    case 'STORE':
      return storeGloss(command, `letter ${command.set}`)
    case 'UID STORE':
      return storeGloss(command, `the letter with UID ${command.set}`)
    case 'COPY':
      return `Copy letter ${command.set} to ${command.to}.`
    case 'UID COPY':
      return `Copy the letter with UID ${command.set} to ${command.to}.`
    case 'MOVE':
      return `Move letter ${command.set} to ${command.to}.`
    case 'UID MOVE':
      return `Move the letter with UID ${command.set} to ${command.to}.`
  }
}

const keys = (criteria: readonly string[]): string => criteria.map((key) => key.toLowerCase()).join(', ')

function uidFetchGloss({
  set,
  kind,
  purpose,
}: Extract<ParsedCommand, { readonly type: 'FETCH' | 'UID FETCH' }>): string {
  if (purpose === 'fetchUnread') return `Give me the letter with UID ${set}, and leave it unread.`
  if (purpose === 'findChangedFlags') return 'Which marks have changed since I was here?'
  if (purpose === 'compareAll') return 'What has become of the letters I have?'
  const first = /^([0-9]+):\*$/.exec(set)?.[1]
  if (first === undefined) return `Give me ${fetched[kind]} of the letter with UID ${set}.`
  if (first !== '1') return `Is anything newer than letter ${Number(first) - 1}?`
  return purpose === 'findNew' ? 'What is here?' : `Give me ${fetched[kind]} of every letter.`
}

function storeGloss(
  { operation, flags }: Extract<ParsedCommand, { readonly type: 'STORE' | 'UID STORE' }>,
  which: string,
): string {
  if (operation === 'remove') return `Take off ${which} the mark: ${flagWords(flags)}.`
  if (operation === 'add') return `Mark ${which} as ${flagWords(flags)}.`
  return flags.length === 0 ? `Take all marks off ${which}.` : `Let ${which} have only this mark: ${flagWords(flags)}.`
}

function dataGloss(data: ParsedData): string {
  switch (data.type) {
    case 'CAPABILITY':
      return 'This is what I can do.'
    case 'ENABLED':
      return 'So I shall answer in this way.'
    case 'FLAGS':
      return 'These marks are in use here.'
    case 'ID':
      return 'My name is EHLO World.'
    case 'NAMESPACE':
      return 'Yours have no prefix, and there are no others.'
    case 'QUOTA':
      return 'So much is used, and so much allowed.'
    case 'QUOTAROOT':
      return data.root ? 'All your mailboxes count together.' : 'You may keep as much as you like.'
    case 'EXISTS':
      if (data.count === 0) return 'The mailbox is empty.'
      return data.count === 1
        ? 'One letter waits, number 1.'
        : `${data.count} letters are here, numbers 1 to ${data.count}.`
    case 'RECENT':
      return data.count === 0
        ? 'None of them is new since a program last looked.'
        : `${letters(data.count)} ${data.count === 1 ? 'has' : 'have'} come since a program last looked.`
    case 'EXPUNGE':
      return `Letter ${data.messageNumber} is gone; those after it move up.`
    case 'VANISHED':
      return data.earlier
        ? `${letters(data.count)} went while you were away.`
        : `${letters(data.count)} ${data.count === 1 ? 'is' : 'are'} gone; those after move up.`
    case 'FETCH':
      return fetchGloss(data)
    case 'LIST':
    case 'LSUB':
      return data.mailbox === '' ? `Levels of names are parted by ${data.delimiter}.` : `There is ${data.mailbox}.`
    case 'STATUS':
      return `${data.mailbox} has ${letters(data.messages)}, ${data.unseen} unread.`
    case 'SEARCH':
    case 'ESEARCH':
    case 'SORT':
      return data.count === 0
        ? 'None fits.'
        : `${letters(data.count)} ${data.count === 1 ? 'fits' : 'fit'}: ${data.numbers.join(', ')}.`
    case 'THREAD':
      return `${letters(data.messages)} in ${data.threads} ${data.threads === 1 ? 'thread' : 'threads'}.`
  }
}

function fetchGloss({
  messageNumber,
  kind,
  flags = [],
  subject,
}: Extract<ParsedData, { readonly type: 'FETCH' }>): string {
  const letter = `Letter ${messageNumber}`
  if (kind === 'flagNews')
    return flags.length === 0 ? `${letter} has no flags.` : `${letter} is now ${flagWords(flags)}.`
  if (kind === 'flags') return flags.length === 0 ? `${letter} has no marks.` : `${letter} is ${flagWords(flags)}.`
  return `${letter}${subject === undefined ? '' : `, "${subject}"`}: ${fetched[kind]}.`
}

const goodbyes = {
  logout: 'Goodbye.',
  autologout: 'Nothing came for 30 minutes. Goodbye.',
  shuttingDown: 'I am being shut down. Come again later.',
  literalTooLong: 'That is too long. Goodbye.',
  notImap: 'That is HTTP, and here IMAP is spoken. I have to close now.',
  tooManyMistakes: 'That is one mistake too many. I have to close now.',
} as const

function statusGloss(said: ParsedStatus): string {
  if (said.reason) return goodbyes[said.reason]
  if (said.status !== 'OK') return /[.!?]$/.test(said.text) ? said.text : `${said.text}.`
  if (said.answers === 'greeting') return 'Good day. Who are you?'
  return said.answers === undefined ? noteGloss(said) : completionGloss(said)
}

/** An untagged OK: its response code says it all. */
function noteGloss({ code = '' }: ParsedStatus): string {
  const [name, value = ''] = code.split(' ')
  switch (name) {
    case 'PERMANENTFLAGS':
      return value === '()' ? 'You may not change marks.' : 'These marks you may set, and new ones too.'
    case 'UIDVALIDITY':
      return 'While this number stays, each UID means the same letter.'
    case 'UIDNEXT':
      return `The next letter will get UID ${value}.`
    case 'UNSEEN':
      return `Letter ${value} is the first unread one.`
    case 'HIGHESTMODSEQ':
      return `The latest change here has the number ${value}.`
    case 'COPYUID':
      return 'These are the new UIDs.'
    case 'CLOSED':
      return 'What follows is of another mailbox.'
    default:
      return 'Good.'
  }
}

/** A tagged OK. */
function completionGloss({ answers, code = '', count = 0, saved }: ParsedStatus): string {
  switch (answers) {
    case 'LOGIN':
    case 'AUTHENTICATE':
      return 'You are logged in.'
    case 'STARTTLS':
      return 'Good. From here on nobody else can listen.'
    case 'SELECT':
    case 'EXAMINE':
      return 'The mailbox is open.'
    case 'CLOSE':
    case 'UNSELECT':
      return 'The mailbox is closed.'
    case 'IDLE':
      return 'Good, let us go on.'
    case 'APPEND':
      return `I have kept it; its UID is ${code.split(' ')[2]}.`
    case 'COPY':
    case 'UID COPY':
      return count > 0 ? 'The copies are made.' : 'Done.'
    case 'MOVE':
    case 'UID MOVE':
      return count > 0 ? 'They are in the other mailbox.' : 'Done.'
    case 'EXPUNGE':
    case 'UID EXPUNGE':
      return count > 0 ? 'They are gone.' : 'Done.'
    case 'STORE':
    case 'UID STORE':
      return code.startsWith('MODIFIED') ? 'Some had changed, and I left those alone.' : 'Done.'
    case 'SEARCH':
    case 'UID SEARCH':
      return saved ? 'I keep the result: $ names it.' : 'Done.'
    default:
      return 'Done.'
  }
}
