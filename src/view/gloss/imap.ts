import { glossImapText as say } from '../../messages/glossImap'
import type { ImapParsed, ParsedCommand, ParsedData, ParsedStatus } from '../../protocols/imap/meaning'

/** One plain sentence about a line of IMAP, as the map's captions say it. */

/** A flag as a caption says it: `seen`. */
const flagWords = (flags: readonly string[]): string =>
  flags.map((flag) => flag.replace(/^\\/, '').toLowerCase()).join(', ')

/**
 * A sequence set for a sentence: `2,4:6` is "2, 4–6". `count` is 1 for a single letter and 2 for several: the real number depends
 * on the mailbox.
 */
const messages = (set: string): { readonly set: string; readonly count: number } => ({
  set: set.replaceAll(':', '–').replaceAll(',', ', '),
  count: /^\d+$/.test(set) ? 1 : 2,
})

export function imapGloss(parsed: ImapParsed, line?: string): string {
  switch (parsed.type) {
    case 'status':
      return statusGloss(parsed)
    case 'data':
      return dataGloss(parsed.data)
    case 'continuation':
      if (parsed.answers === 'IDLE') return say('iWillTellYou')
      return parsed.answers === 'literal' ? say('goOn') : say('proveWhoYouAre')
    case 'literalAnnounced':
      return say('says.literalAnnounced', { size: `${parsed.size}` })
    case 'literal':
      return line === undefined ? say('says.literal', { size: `${parsed.size}` }) : say('pieceOfLiteral')
    case 'DONE':
    case 'notDone':
    case 'unreadable':
    case 'lineTooLong':
    case 'notImap':
    case 'saslResponse':
    case 'saslCancelled':
      return say(`says.${parsed.type}`)
    default:
      return commandGloss(parsed)
  }
}

function commandGloss(command: ParsedCommand): string {
  switch (command.type) {
    case 'CAPABILITY':
      return command.purpose === 'learnMore' ? say('whatCanYouDo') : say('whatCanYouDoMore')
    case 'NOOP':
      return say('anythingNew')
    case 'CHECK':
      return say('putEverythingInOrder')
    case 'LOGOUT':
      return say('thatIsAllGoodbye')
    case 'ID':
      return say('thisIsMyName')
    case 'STARTTLS':
      return say('letUsSpeakSo')
    case 'LOGIN':
      return say('says.LOGIN', { user: command.user })
    case 'AUTHENTICATE':
      return say('says.AUTHENTICATE', { mechanism: command.mechanism })
    case 'ENABLE': {
      const names = command.capabilities.join(' and ')
      return names === 'QRESYNC' ? say('tellMeOfChanges') : say('says.ENABLE', { names })
    }
    case 'SELECT':
      return command.since
        ? say('selectSince', { mailbox: command.mailbox })
        : say('says.SELECT', { mailbox: command.mailbox })
    case 'EXAMINE':
      return say('says.EXAMINE', { mailbox: command.mailbox })
    case 'CREATE':
      return say('says.CREATE', { mailbox: command.mailbox })
    case 'DELETE':
      return say('says.DELETE', { mailbox: command.mailbox })
    case 'RENAME':
      return say('says.RENAME', { mailbox: command.mailbox, to: command.to })
    case 'SUBSCRIBE':
      return say('says.SUBSCRIBE', { mailbox: command.mailbox })
    case 'UNSUBSCRIBE':
      return say('says.UNSUBSCRIBE', { mailbox: command.mailbox })
    case 'LIST':
      return command.subscribed ? say('whichMailboxesAmI') : say('whichMailboxesAreThere')
    case 'LSUB':
      return say('whichMailboxesAmI')
    case 'NAMESPACE':
      return say('underWhichNamesDo')
    case 'STATUS':
      return say('says.STATUS', { mailbox: command.mailbox })
    case 'APPEND':
      return say('says.APPEND', { mailbox: command.mailbox })
    case 'GETQUOTA':
      return say('howMuchMayI')
    case 'GETQUOTAROOT':
      return say('says.GETQUOTAROOT', { mailbox: command.mailbox })
    case 'SETQUOTA':
      return say('letMeKeepThis')
    case 'IDLE':
      return say('tellMeWhenSomething')
    case 'CLOSE':
      return say('closeTheMailboxAnd')
    case 'UNSELECT':
      return say('closeTheMailboxAndMore')
    case 'EXPUNGE':
      return command.purpose === 'removeOne' ? say('throwOut') : say('throwOutEverythingI')
    case 'UID EXPUNGE':
      return command.purpose === 'removeOne' ? say('throwOut') : say('says.UID EXPUNGE', messages(command.set))
    case 'SEARCH':
      return say('whichLettersFitThis')
    case 'UID SEARCH':
      return command.purpose === 'findRemaining' ? say('andWhichOfMy') : say('whichLettersFitThisMore')
    case 'SORT':
      return say('says.SORT', { keys: keys(command.criteria) })
    case 'UID SORT':
      return say('says.UID SORT', { keys: keys(command.criteria) })
    case 'THREAD':
    case 'UID THREAD':
      return say('whichLettersAnswerWhich')
    case 'FETCH':
      return command.set === '1:*'
        ? say(`fetchAll.${command.kind}`)
        : say(`fetch.${command.kind}`, messages(command.set))
    case 'UID FETCH':
      return uidFetchGloss(command)
    case 'STORE':
      return storeGloss(command, 'number')
    case 'UID STORE':
      return storeGloss(command, 'uid')
    case 'COPY':
      return say('says.COPY', { ...messages(command.set), to: command.to })
    case 'UID COPY':
      return say('says.UID COPY', { ...messages(command.set), to: command.to })
    case 'MOVE':
      return say('says.MOVE', { ...messages(command.set), to: command.to })
    case 'UID MOVE':
      return say('says.UID MOVE', { ...messages(command.set), to: command.to })
  }
}

const keys = (criteria: readonly string[]): string => criteria.map((key) => key.toLowerCase()).join(', ')

function uidFetchGloss({
  set,
  kind,
  purpose,
}: Extract<ParsedCommand, { readonly type: 'FETCH' | 'UID FETCH' }>): string {
  if (purpose === 'fetchUnread') return say('fetchUnread', messages(set))
  if (purpose === 'findChangedFlags') return say('whichMarksHaveChanged')
  if (purpose === 'compareAll') return say('whatHasBecomeOf')
  const first = /^([0-9]+):\*$/.exec(set)?.[1]
  if (first === undefined) return say(`fetchByUid.${kind}`, messages(set))
  if (first !== '1') return say('findNewer', { number: `${Number(first) - 1}` })
  return purpose === 'findNew' ? say('whatIsHere') : say(`fetchAll.${kind}`)
}

function storeGloss(
  { set, operation, flags }: Extract<ParsedCommand, { readonly type: 'STORE' | 'UID STORE' }>,
  by: 'number' | 'uid',
): string {
  const marks = flagWords(flags)
  if (operation === 'remove') return say(`unmark.${by}`, { ...messages(set), marks })
  if (operation === 'add') return say(`mark.${by}`, { ...messages(set), marks })
  return flags.length === 0 ? say(`unmarkAll.${by}`, messages(set)) : say(`markOnly.${by}`, { ...messages(set), marks })
}

function dataGloss(data: ParsedData): string {
  switch (data.type) {
    case 'CAPABILITY':
      return say('thisIsWhatI')
    case 'ENABLED':
      return say('soIShallAnswer')
    case 'FLAGS':
      return say('theseMarksAreIn')
    case 'ID':
      return say('myNameIsEhlo')
    case 'NAMESPACE':
      return say('yoursHaveNoPrefix')
    case 'QUOTA':
      return say('soMuchIsUsed')
    case 'QUOTAROOT':
      return data.root ? say('allYourMailboxesCount') : say('youMayKeepAs')
    case 'EXISTS':
      return say('data.EXISTS', { count: data.count })
    case 'RECENT':
      return say('data.RECENT', { count: data.count })
    case 'EXPUNGE':
      return say('data.EXPUNGE', { number: data.messageNumber })
    case 'VANISHED':
      return say(data.earlier ? 'vanishedEarlier' : 'data.VANISHED', { count: data.count })
    case 'FETCH':
      return fetchGloss(data)
    case 'LIST':
    case 'LSUB':
      return data.mailbox === ''
        ? say('delimiter', { delimiter: data.delimiter })
        : say('listed', { mailbox: data.mailbox })
    case 'STATUS':
      return say('data.STATUS', { mailbox: data.mailbox, messages: data.messages, unseen: data.unseen })
    case 'SEARCH':
    case 'ESEARCH':
    case 'SORT':
      return say('found', { count: data.count, numbers: data.numbers.join(', ') })
    case 'THREAD':
      return say('data.THREAD', { messages: data.messages, threads: data.threads })
  }
}

function fetchGloss({
  messageNumber,
  kind,
  flags = [],
  subject,
  madeSeen,
}: Extract<ParsedData, { readonly type: 'FETCH' }>): string {
  const number = messageNumber
  if (kind === 'flagNews')
    return flags.length === 0 ? say('noFlags', { number }) : say('nowFlags', { number, flags: flagWords(flags) })
  if (kind === 'flags')
    return flags.length === 0 ? say('noMarks', { number }) : say('marks', { number, flags: flagWords(flags) })
  const fetched =
    subject === undefined ? say(`fetched.${kind}`, { number }) : say(`fetchedWithSubject.${kind}`, { number, subject })
  return madeSeen ? `${fetched} ${say('madeSeen')}` : fetched
}

function statusGloss(said: ParsedStatus): string {
  if (said.reason) return say(`bye.${said.reason}`)
  if (said.status !== 'OK') return /[.!?]$/.test(said.text) ? said.text : `${said.text}.`
  if (said.answers === 'greeting') return say('goodDayWhoAre')
  return said.answers === undefined ? noteGloss(said) : completionGloss(said)
}

/** An untagged OK, explained by its response code. */
function noteGloss({ code = '' }: ParsedStatus): string {
  const [name, value = ''] = code.split(' ')
  switch (name) {
    case 'PERMANENTFLAGS':
      return value === '()' ? say('youMayNotChange') : say('theseMarksYouMay')
    case 'UIDVALIDITY':
      return say('whileThisNumberStays')
    case 'UIDNEXT':
      return say('nextUid', { number: value })
    case 'UNSEEN':
      return say('firstUnseen', { number: value })
    case 'HIGHESTMODSEQ':
      return say('latestChange', { number: value })
    case 'COPYUID':
      return say('theseAreTheNew')
    case 'CLOSED':
      return say('whatFollowsIsOf')
    default:
      return say('good')
  }
}

/** A tagged OK. */
function completionGloss({ answers, code = '', count = 0, saved }: ParsedStatus): string {
  switch (answers) {
    case 'LOGIN':
    case 'AUTHENTICATE':
      return say('youAreLoggedIn')
    case 'STARTTLS':
      return say('goodFromHereOn')
    case 'SELECT':
    case 'EXAMINE':
      return say('theMailboxIsOpen')
    case 'CLOSE':
    case 'UNSELECT':
      return say('theMailboxIsClosed')
    case 'IDLE':
      return say('goodLetUsGo')
    case 'APPEND':
      return say('kept', { uid: code.split(' ')[2] ?? '' })
    case 'COPY':
    case 'UID COPY':
      return count > 0 ? say('theCopiesAreMade') : say('done')
    case 'MOVE':
    case 'UID MOVE':
      return count > 0 ? say('theyAreInThe') : say('done')
    case 'EXPUNGE':
    case 'UID EXPUNGE':
      return count > 0 ? say('theyAreGone') : say('done')
    case 'STORE':
    case 'UID STORE':
      return code.startsWith('MODIFIED') ? say('someHadChangedAnd') : say('done')
    case 'SEARCH':
    case 'UID SEARCH':
      return saved ? say('iKeepTheResult') : say('done')
    default:
      return say('done')
  }
}
