/** The way of a letter: at each machine, what was decided and by which rule. */
export default {
  title: 'The way, and why',
  hint: 'what each machine decided, and by which rule',
  decidedBy: 'decided by {host}',
  in: 'in',
  out: 'out',
  nothing: 'Nothing has been decided about this letter yet.',
  notYet: 'not yet',
  toNotice: 'The notice’s own way',
  times: '{count, plural, one {once} other {# times}}, last at <code>{time}</code>',
  recipients: '{named}{more, plural, =0 {} other { and # more}}',
  exchanger: '{name} ({preference})',

  // In.
  written:
    'Its author sent it here. The envelope is for <code>{recipients}</code>: from now on that counts, not the header.',
  'accepts.mailbox': 'It takes it for <code>{recipients}</code>: the domain is its own, and the mailbox is here.',
  'accepts.postmaster': 'It takes it for <code>{recipients}</code>: every domain has a postmaster.',
  'accepts.relayDomain':
    'It takes it for <code>{recipients}</code>: it is an exchanger of the domain and knows the reader, though the mailbox is on another machine.',
  'accepts.loggedIn':
    'It takes it for <code>{recipients}</code>, which is elsewhere: <code>{user}</code> has logged in, and its own users may write to anybody.',
  'accepts.openRelay':
    'It takes it for <code>{recipients}</code>, which is elsewhere, although nobody has logged in: it is set to relay for strangers.',
  'refusesRecipient.noSuchUser':
    'It refuses <code>{recipients}</code>: the domain is its own, but nobody there has that name. <code>{reply}</code>',
  'refusesRecipient.relayDenied':
    'It refuses <code>{recipients}</code>: the domain is not its own and nobody has logged in, so it does not relay. <code>{reply}</code>',
  'refusesRecipient.mailboxFull':
    'It refuses <code>{recipients}</code> for now: the mailbox is full. <code>{reply}</code>',
  'refusesRecipient.mailboxTooSmall':
    'It refuses <code>{recipients}</code>: the letter is larger than the whole mailbox may be. <code>{reply}</code>',
  'refusesRecipient.greylisted':
    'It puts <code>{recipients}</code> off: it has not seen this sender yet, and wants to know whether it comes again, as mail servers do. <code>{reply}</code>',
  'refusesRecipient.other': 'It refuses <code>{recipients}</code>. <code>{reply}</code>',
  'refuses.messageTooLarge': 'It refuses the letter: it is larger than this server takes. <code>{reply}</code>',
  'refuses.tooManyRecipients':
    'It takes no more readers in one go; the others may come in another transaction. <code>{reply}</code>',
  'refuses.tlsRequired': 'It takes nothing in the clear: TLS has to come first. <code>{reply}</code>',
  'refuses.authenticationRequired':
    'It takes letters from its own users only, so the sender has to log in first. <code>{reply}</code>',
  'refuses.authenticationFailed':
    'It does not believe that the sender is who it says: name and password do not fit. <code>{reply}</code>',
  'refuses.bareLineEnd':
    'It refuses the letter: a CR or LF stands alone in it, behind which a second letter may hide. <code>{reply}</code>',
  'refuses.loop':
    'It refuses the letter: so many servers have noted it that it must be going in circles. <code>{reply}</code>',
  'refuses.mailboxFull': 'It refuses the letter for now: no mailbox has the room for it. <code>{reply}</code>',
  'refuses.mailboxTooSmall': 'It refuses the letter: it is larger than the whole mailbox may be. <code>{reply}</code>',
  'refuses.shuttingDown': 'It is being shut down and takes nothing more. <code>{reply}</code>',
  'refuses.later': 'It says “later”: a code that begins with 4 is a refusal for now. <code>{reply}</code>',
  'refuses.never': 'It refuses: a code that begins with 5 is final. <code>{reply}</code>',
  'refuses.saying': 'It refuses: “{gloss}” <code>{reply}</code>',
  'refuses.line': 'It refuses: “{gloss}”',
  takesOver:
    'It said 250 after the letter, which it calls <code>{queueId}</code>. From then on it is the one to care for it: to deliver it, to hand it on, or to tell the author.',
  'reports.failed':
    'It wrote this letter itself, to tell <code>{recipients}</code> that another one failed. The envelope has no sender.',
  'reports.delayed':
    'It wrote this letter itself, to tell <code>{recipients}</code> that another one is late. The envelope has no sender.',
  'reports.relayed':
    'It wrote this letter itself, to tell <code>{recipients}</code> that another one went on. The envelope has no sender.',
  'reports.delivered':
    'It wrote this letter itself, to tell <code>{recipients}</code> that another one lies in its mailbox. The envelope has no sender.',
  'reports.unreturnable':
    'It wrote this letter itself, to tell <code>{recipients}</code> of one that can neither be delivered nor returned. The envelope has no sender.',
  'fetches.IMAP':
    'It fetched a copy by IMAP, as <code>{account}</code>: UID {uid} was new to it. The letter itself stays in the mailbox.',
  'fetches.POP3':
    'It collected the letter by POP3, as <code>{account}</code>: the unique-id <code>{uid}</code> was new to it.',

  // Either way.
  'over.implicit':
    'It speaks to <code>{server}</code> in TLS from the first octet on: port {port} has no other beginning. Nobody on the way can read the letter.',
  'over.taken':
    'It encrypts: <code>{server}</code> offered {command}, and it took the offer. Nobody on the way can read the letter.',
  'over.notOffered':
    'The letter crosses in the clear: <code>{server}</code> does not offer {command}, and it is not set to insist on it.',
  'over.notTaken':
    'The letter crosses in the clear: <code>{server}</code> offers {command}, but it is set not to use it.',
  'over.refused':
    'The letter crosses in the clear: <code>{server}</code> offered {command}, but then refused it, and it is not set to insist on it.',

  // Out.
  'handsOut.IMAP':
    'It gives a copy to <code>{to}</code>, which has logged in as <code>{user}</code> and opened the mailbox <code>{mailbox}</code>: there the letter is UID {uid}, for as long as it lies there.',
  'handsOut.POP3':
    'It gives the letter to <code>{to}</code>, which has logged in as <code>{user}</code> and has the mailbox for itself until it says QUIT. The letter’s unique-id is <code>{uid}</code>.',
  deletes:
    'It marks the letter for removal from <code>{server}</code> by DELE, as it is set to, since it has a copy of its own.',
  leaves:
    'It leaves the letter on <code>{server}</code>, as it is set to. By its unique-id it knows that it has a copy.',
  removes:
    'It removes the letter from <code>{mailbox}</code>: <code>{to}</code> had marked it by DELE and then said QUIT, which makes it so.',
  submits:
    'A mail program does not look for the reader’s server. It hands every letter to its own one: <code>{server}</code>, port {port}.',
  submitsLater: 'It could not hand the letter over: {reason}. It tries again in {wait}.',
  cannotSubmit: 'It cannot hand the letter over: {reason}. To try again is no use, so its user has to act.',
  'delivers.ownAddress':
    'The way ends here: <code>{recipients}</code> is its own user, so the letter goes into the mailbox <code>{mailbox}</code> of <code>{user}</code>, and the envelope’s sender becomes <code>Return-Path</code>.',
  'delivers.postmaster':
    'The way ends here: letters to the postmaster belong to <code>{user}</code>, so it goes into that mailbox <code>{mailbox}</code>.',
  looksUp:
    '<code>{domain}</code> is none of its domains, so the letter has to go on. It asks the DNS who takes mail for that domain.',
  'finds.mx':
    '{count, plural, one {The mail exchanger of <code>{domain}</code> is <code>{exchangers}</code>.} other {The mail exchangers of <code>{domain}</code> are <code>{exchangers}</code>. The lowest number comes first.}}',
  'finds.implicitMx': '<code>{domain}</code> has no MX record, so the exchanger is the domain’s own address.',
  'finds.literal': '<code>{domain}</code> is an address itself, so there is nothing to look up.',
  'finds.passedOver':
    '<code>{domain}</code> has this server itself among its exchangers: <code>{passedOver}</code>. It may hand on to better ones only, so that nothing goes in circles: <code>{exchangers}</code>.',
  findsNone: 'No way leads there, now or later: {reason}.',
  findsNoneNow: 'The way cannot be found for now: {reason}.',
  'chooses.first.mx':
    'It calls <code>{exchanger}</code> at <code>{address}</code>: {preference} is the lowest preference.',
  'chooses.first.only': 'It calls <code>{exchanger}</code> at <code>{address}</code>: there is no other exchanger.',
  'chooses.first.drawn':
    'It calls <code>{exchanger}</code> at <code>{address}</code>: {equals} exchangers share the preference {preference}, and it was drawn by lot.',
  'chooses.first.implicitMx':
    'It calls <code>{exchanger}</code> at <code>{address}</code>: without an MX record there is no other.',
  'chooses.first.literal': 'It calls <code>{address}</code>, the address in brackets.',
  'chooses.first.route':
    'It calls <code>{exchanger}</code> at <code>{address}</code>: its administrator has named this host for the domain, so no exchanger is looked up.',
  'chooses.nextExchanger':
    'It calls <code>{exchanger}</code> at <code>{address}</code>, with preference {preference}, because one before did not take all of it: {after}.',
  'chooses.nextAddress':
    'It calls another address of <code>{exchanger}</code>, <code>{address}</code>, because the one before did not take all of it: {after}.',
  'chooses.ipv6':
    'It calls <code>{exchanger}</code> by IPv6, at <code>{address}</code>, because by IPv4 it did not take all of it: {after}.',
  'chooses.rest': '<code>{exchanger}</code> takes only so many readers in one go: the others follow at once.',
  relays: '<code>{to}</code> took it for <code>{recipients}</code>: from then on that server has to care for it.',
  'waits.said': 'Not refused, only put off: {reason}. It keeps the letter and tries again in {wait}.',
  'waits.other': 'No one could take it: {reason}. It keeps the letter and tries again in {wait}.',
  'fails.said':
    'It gives up for <code>{recipients}</code>: {reason}. A code that begins with 5 is final, so no other exchanger is asked.',
  'fails.gaveUp': 'It gives up for <code>{recipients}</code>, having tried for as long as it is set to: {reason}.',
  'fails.other': 'It gives up for <code>{recipients}</code>: {reason}.',
  'tells.failed':
    'It had taken the letter over, so it has to tell: a notice goes to the sender on the envelope, <code>{reversePath}</code>.',
  'tells.delayed':
    'The letter has waited so long that its author should know: a notice goes to the sender on the envelope, <code>{reversePath}</code>.',
  'tells.relayed':
    'The author asked to be told, and the next server sends no such notices, so one goes from here to <code>{reversePath}</code>.',
  'tells.delivered': 'The author asked to be told: a notice goes to <code>{reversePath}</code>.',
  'tellsNobody.nullReversePath':
    'It sends no notice: the envelope has no sender. Otherwise two servers could send notices about notices for ever.',
  'tellsNobody.postmaster':
    'It sends no notice, since the envelope has no sender: two servers could send notices about notices for ever. Its own postmaster is told.',
  'tellsNobody.notWanted': 'It sends no notice: the author asked for none.',
} as const
