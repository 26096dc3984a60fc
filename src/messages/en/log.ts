/** The log of a host. The lines themselves are the same in every language; here is what they mean. */
export default {
  title: 'Log',
  lines: '{count, plural, one {# line} other {# lines}}',
  empty: 'Nothing has been logged yet. Play on, or send a letter by way of this machine.',
  noneFit: 'No line fits.',
  older: 'Older lines are not shown.',
  list: 'Lines of the log',
  find: 'Find in the log',
  queue: 'Lines about',
  allQueues: 'all letters',
  copy: 'Copy as text',
  copied: 'Copied',
  showAt: 'Show me at <code>{time}</code>',
  chooseLine: 'Choose a line to read what it means.',
  'explain.started':
    'The machine has power again, and its services have started. Its queue and its mailboxes are as they were.',
  'explain.stopping': 'The machine is being shut down in good order: each dialogue is told so.',
  'explain.reload': 'A setting was changed. Dialogues that are under way keep the old one.',
  'explain.connect': 'Somebody has opened a connection to this server. So far only the address is known.',
  'explain.tls':
    'From here on nobody on the way can read along. Anonymous: the client has shown no certificate, as clients rarely do.',
  'explain.authFailed': 'Somebody tried to log in, and name and password did not fit.',
  'explain.reject':
    'The server refused a command. NOQUEUE: nothing was taken, so there is no name in the queue, and the client has to tell its user.',
  'explain.client':
    'A letter has been taken and named. The name at the start is its own at this server: every later line about it begins so.',
  'explain.messageId':
    'The letter’s own name, which is the same at every server: by it the logs of two servers can be brought together.',
  'explain.active':
    'The letter is in the queue: who sent it, as the envelope says, how many octets it has, and how many recipients (nrcpt).',
  'explain.noConnection': 'This machine called another one, and nobody took the call.',
  'explain.sent':
    'The next server took the letter. In brackets stands what it said; the name in it is the letter’s name there. The delay is in seconds since the letter came.',
  'explain.delivered': 'The way ends here: the letter lies in the mailbox.',
  'explain.deferred':
    'It could not be handed on for now, so it stays in the queue: {reason}. It is tried again in {wait}.',
  'explain.bounced': 'It cannot be delivered, and no later try would help: {reason}.',
  'explain.expired': 'It was tried for as long as this server is set to, in vain: {reason}.',
  'explain.notice':
    'A notice to the sender has been written. It is a letter of its own, with its own name in the queue.',
  'explain.removed': 'All recipients are settled, so the letter leaves the queue.',
  'explain.lost': 'The connection broke before the client said QUIT.',
  'explain.disconnect': 'The connection is closed.',
  'explain.login': 'A user has logged in to read the mailbox. rip is the address from which.',
  'explain.loginFailed': 'Somebody tried to log in to read mail, and name and password did not fit.',
  'explain.logout': 'The dialogue with a reader’s program has ended.',
  'explain.expunged': 'A letter was removed from a mailbox for good.',
  'explain.saved': 'A reader’s program put a letter into a mailbox: a copy, a draft, or one that it moved.',
  'explain.flags':
    'The marks of a letter were changed, such as Seen or Flagged. They are kept at the server, so every device sees them.',
  'explain.written': 'The user has sent a letter: it waits in the outbox until a server takes it.',
  'explain.submitted': 'The submission server took the letter. From here on it is not this program’s to care for.',
  'explain.notSubmitted': 'The letter could not be handed over: {reason}.',
  'explain.fetched': 'A letter has come from the server to this device.',
  'explain.dropped': 'The server has the letter no longer, so this device drops its copy.',
  'explain.answered':
    'A question was answered: who asked, what for, and the result. The three numbers count the records in answer, authority and additional section.',
  'explain.asks': 'The resolver does not know, so it asks a name server.',
  'explain.resolved': 'The resolver has its answer and keeps it for as long as the time to live says.',
  'explain.zoneLoaded': 'The zone was changed, and from here on the new one is served.',
  'explain.zoneRejected': 'The new text of the zone cannot be read, so the old one is still served.',
} as const
