import type { Exchanger } from '../../hosts/mailServer/exchangers'
import { glossSmtpText } from '../../messages/glossSmtp'
import { hopsText } from '../../messages/hops'
import { reasonText } from '../reasonText'
import { waitText } from '../waitText'
import type { Decision } from './decision'

/** Recipients that are named; the others are counted. */
const MOST_NAMED = 3

function recipientsText(paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).join(', ')
  return hopsText('recipients', { named, more: Math.max(paths.length - MOST_NAMED, 0) })
}

const exchangersText = (exchangers: readonly Exchanger[]): string =>
  exchangers.map(({ name, preference }) => hopsText('exchanger', { name, preference })).join(', ')

/** Refusals that are explained by the name of the reply or by the host's rule. */
const EXPLAINED = [
  'messageTooLarge',
  'tooManyRecipients',
  'tlsRequired',
  'authenticationRequired',
  'authenticationFailed',
  'bareLineEnd',
  'loop',
  'mailboxFull',
  'mailboxTooSmall',
  'shuttingDown',
] as const

/** The sentence of a decision, in parts: `code` makes one of wire text. */
export function decisionParts<Part>(
  decision: Decision,
  code: (inside: readonly (string | Part)[]) => Part,
): readonly (string | Part)[] {
  const { facts } = decision
  const recipients = 'forwardPaths' in decision ? recipientsText(decision.forwardPaths) : ''
  const reason = 'reason' in decision ? reasonText(decision.reason) : ''
  const last = facts.at(-1)?.at ?? 0
  const wait = 'nextTry' in decision ? waitText(decision.nextTry - last) : ''
  switch (decision.is) {
    case 'written':
      return hopsText.parts('written', { recipients, code })
    case 'accepts': {
      const { grounds, user = '' } = decision
      return grounds === 'loggedIn'
        ? hopsText.parts('accepts.loggedIn', { recipients, user, code })
        : hopsText.parts(`accepts.${grounds}`, { recipients, code })
    }
    case 'refusesRecipient': {
      const { grounds, reply } = decision
      const known = grounds === undefined || grounds === 'loop' ? 'other' : grounds
      return hopsText.parts(`refusesRecipient.${known}`, { recipients, reply, code })
    }
    case 'refuses': {
      const { name, grounds, later, reply } = decision
      const known = EXPLAINED.find((each) => each === grounds || each === name)
      // Any other of our own replies says itself why.
      const gloss = known === undefined && name !== undefined ? glossSmtpText.found(`reason.${name}`) : undefined
      if (gloss !== undefined) return hopsText.parts('refuses.saying', { gloss, reply, code })
      return hopsText.parts(`refuses.${known ?? (later ? 'later' : 'never')}`, { reply, code })
    }
    case 'takesOver':
      return hopsText.parts('takesOver', { queueId: decision.queueId, code })
    case 'reports':
      return hopsText.parts(`reports.${decision.event}`, { recipients, code })
    case 'fetches':
      return hopsText.parts(`fetches.${decision.by}`, { account: decision.account, uid: decision.uid, code })
    case 'sendsOver':
    case 'fetchesOver': {
      const { use, server, port, protocol } = decision
      const command = protocol === 'POP3' ? 'STLS' : 'STARTTLS'
      return use === 'implicit'
        ? hopsText.parts('over.implicit', { server, port: String(port), code })
        : hopsText.parts(`over.${use}`, { server, command, code })
    }
    case 'handsOut': {
      const { by, to, user, mailbox, uid } = decision
      return by === 'IMAP'
        ? hopsText.parts('handsOut.IMAP', { to, user, mailbox, uid, code })
        : hopsText.parts('handsOut.POP3', { to, user, uid, code })
    }
    case 'deletes':
    case 'leaves':
      return hopsText.parts(decision.is, { server: decision.server, code })
    case 'removes':
      return hopsText.parts('removes', { to: decision.to, mailbox: decision.mailbox, code })
    case 'submits':
      return hopsText.parts('submits', { server: decision.server, port: String(decision.port), code })
    case 'submitsLater':
      return [hopsText('submitsLater', { reason, wait })]
    case 'cannotSubmit':
      return [hopsText('cannotSubmit', { reason })]
    case 'delivers': {
      const { grounds, user, mailbox } = decision
      return grounds === 'postmaster'
        ? hopsText.parts('delivers.postmaster', { user, mailbox, code })
        : hopsText.parts('delivers.ownAddress', { recipients, user, mailbox, code })
    }
    case 'looksUp':
      return hopsText.parts('looksUp', { domain: decision.domain, code })
    case 'finds': {
      const { source, domain } = decision
      const exchangers = exchangersText(decision.exchangers)
      const passedOver = exchangersText(decision.passedOver)
      if (passedOver !== '') return hopsText.parts('finds.passedOver', { domain, exchangers, passedOver, code })
      return source === 'mx'
        ? hopsText.parts('finds.mx', { domain, exchangers, count: decision.exchangers.length, code })
        : hopsText.parts(`finds.${source}`, { domain, code })
    }
    case 'findsNone':
    case 'findsNoneNow':
      return [hopsText(decision.is, { reason })]
    case 'chooses':
      return chosenParts(decision, code)
    case 'relays':
      return hopsText.parts('relays', { to: decision.to, recipients, code })
    case 'waits':
      return [hopsText(decision.reason.id === 'said' ? 'waits.said' : 'waits.other', { reason, wait })]
    case 'fails': {
      const { id } = decision.reason
      return hopsText.parts(`fails.${id === 'said' || id === 'gaveUp' ? id : 'other'}`, { recipients, reason, code })
    }
    case 'tells': {
      const { event, reversePath } = decision
      return hopsText.parts(`tells.${event}`, { reversePath, code })
    }
    case 'tellsNobody':
      return [hopsText(`tellsNobody.${decision.postmaster ? 'postmaster' : decision.why}`)]
  }
}

function chosenParts<Part>(
  { exchanger, address, choice, among, equals }: Extract<Decision, { is: 'chooses' }>,
  code: (inside: readonly (string | Part)[]) => Part,
): readonly (string | Part)[] {
  const { turn, source, preference = 0 } = choice
  const after = choice.after ? reasonText(choice.after) : ''
  switch (turn) {
    case 'first':
      if (source === 'literal') return hopsText.parts('chooses.first.literal', { address, code })
      if (source !== 'mx') return hopsText.parts(`chooses.first.${source}`, { exchanger, address, code })
      if (among === 1) return hopsText.parts('chooses.first.only', { exchanger, address, code })
      return equals > 1
        ? hopsText.parts('chooses.first.drawn', { exchanger, address, preference, equals, code })
        : hopsText.parts('chooses.first.mx', { exchanger, address, preference, code })
    case 'nextExchanger':
      return hopsText.parts('chooses.nextExchanger', { exchanger, address, preference, after, code })
    case 'nextAddress':
    case 'ipv6':
      return hopsText.parts(`chooses.${turn}`, { exchanger, address, after, code })
    case 'rest':
      return hopsText.parts('chooses.rest', { exchanger, code })
  }
}

/** The sentence of a decision as plain text. */
export const decisionText = (decision: Decision): string =>
  decisionParts(decision, (inside) => inside.join('')).join('')
