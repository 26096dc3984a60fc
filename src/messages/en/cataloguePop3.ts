/** The meaning of each word of POP3, by its kind and name; `.slip` is a common mistake and its repair. */
export default {
  'command.USER':
    'Names the mailbox that you want to open. The server often says yes to any name, so as not to tell who exists.',
  'command.USER.slip': 'The name is often the whole address: `bob@bird.example`, not `bob`.',
  'command.PASS':
    'Gives the password. If it is right, the server locks the maildrop for you alone and the real work can begin.',
  'command.PASS.slip': 'PASS follows USER. Spaces belong to the password, so a space too many makes it wrong.',
  'command.APOP':
    'Logs in with a digest: MD5 of the timestamp in the greeting and the password. Who listens learns nothing to use again.',
  'command.APOP.slip':
    'It is there only where the greeting has a timestamp in angle brackets. The brackets belong to what is digested.',
  'command.AUTH':
    'Logs in by a mechanism that `CAPA` lists behind `SASL`. Server and client then send lines in base64, `+` before the server’s.',
  'command.AUTH.slip':
    'Base64 only wraps, it hides nothing: PLAIN shows the password to whoever listens. An empty initial response is `=`.',
  'command.STLS': 'Begins TLS on this connection. Behind the answer nothing is readable for others any more.',
  'command.STLS.slip':
    'Wait for the answer: what is sent right behind STLS in the clear is thrown away. Then ask `CAPA` anew.',
  'command.UTF8':
    'Says that you can read letters whose header holds UTF-8. Without it their headers come rewritten, all in ASCII.',
  'command.UTF8.slip': 'It comes before the login, and after `STLS` where both are wanted.',
  'command.STAT': 'Asks how many letters wait and how many octets they have together.',
  'command.STAT.slip':
    'The octets are those of the letters themselves, line ends of two octets counted; letters marked as deleted are not in it.',
  'command.LIST': 'Lists the letters by number, with the size of each; with a number, of that one letter.',
  'command.LIST.slip': 'The numbers hold for this session only. To know a letter again tomorrow, ask UIDL.',
  'command.UIDL':
    'Lists a name for each letter that stays the same in later sessions, so a program knows which it has already.',
  'command.UIDL.slip':
    'A name tells a letter only within its mailbox. A program that leaves letters on the server has to remember the names.',
  'command.RETR': 'Sends one whole letter. It stays on the server until it is deleted.',
  'command.RETR.slip': 'RETR alone removes nothing: it takes DELE and then QUIT.',
  'command.TOP': 'Sends the header of a letter and the first lines of its body, to see what it is before fetching it.',
  'command.TOP.slip': 'Both numbers are needed: `TOP 1 0` gives the header only.',
  'command.DELE': 'Marks a letter as deleted. It is removed only when you say QUIT, and RSET takes the mark back.',
  'command.DELE.slip': 'If the connection breaks before QUIT, nothing is removed.',
  'command.RSET': 'Takes back every mark of this session: no letter is deleted any more.',
  'command.RSET.slip': 'It is not SMTP’s RSET: you stay logged in, and only the marks go.',
  'command.NOOP':
    'Does nothing but get an answer. It shows that the line is alive and keeps the server from hanging up.',
  'command.NOOP.slip': 'Ten minutes without a command and the server hangs up; a NOOP in time prevents it.',
  'command.CAPA': 'Lists what this server can do beyond the plain protocol.',
  'command.CAPA.slip': 'The list may change after `STLS`: ask again.',
  'command.LANG':
    'Lists the languages that the server’s texts come in; with a language it changes to that, if it is there.',
  'command.LANG.slip': 'Only the words for people change. Programs look at `+OK`, `-ERR` and codes such as `[IN-USE]`.',
  'command.QUIT': 'Ends the session. After a login the server now removes the letters that are marked as deleted.',
  'command.QUIT.slip': 'Hanging up without QUIT leaves every letter where it was.',
  'response.+OK': 'Yes: the command is done. Where the answer has more lines, a line with a lonely dot ends them.',
  'response.+OK.slip': 'Whether more lines follow depends on the command: LIST has more, LIST 1 has none.',
  'response.-ERR': 'No, with the reason in words. Nothing has changed and the session goes on.',
  'response.-ERR.slip': 'The words are for people. A program that must know why looks for a code in brackets.',
  'response.+': 'Go on: within AUTH, the server’s part of the exchange, in base64. It may be empty.',
  'response.+.slip':
    'The answer to it is a line of base64 without any command in front; a lonely `*` takes the login back.',
  'response.[AUTH]': 'The name or the password is wrong: ask the person, trying again by itself will not help.',
  'response.[AUTH].slip': 'Which of the two was wrong is never told: it would help those who guess.',
  'response.[IN-USE]': 'Another session has the maildrop open and holds its lock: try again later.',
  'response.[IN-USE].slip':
    'It is often your own earlier session whose connection broke: its lock goes when the server notices.',
  'response.[LOGIN-DELAY]': 'You logged in a short while ago and have to wait before the next time.',
  'response.[LOGIN-DELAY].slip': 'A program should look no more often than the seconds that `CAPA` lists.',
  'response.[SYS/TEMP]': 'Something is wrong at the server for a while. It is not your fault: try again later.',
  'response.[SYS/TEMP].slip': 'Do not ask the person for another password: the old one may be right.',
  'response.[SYS/PERM]': 'Something is wrong at the server, and it stays wrong until somebody mends it.',
  'response.[SYS/PERM].slip': 'Trying again will not help: tell whoever runs the server. This server never says it.',
  'response.[UTF8]': 'The letter holds UTF-8 in its header, and you have not said that you can read that.',
  'response.[UTF8].slip':
    'This server never says it: it rewrites such a header in ASCII. Where you hear it, say `UTF8` before the next login.',
  'capability.SASL': 'The mechanisms that AUTH takes now. Before encryption it may be fewer.',
  'capability.SASL.slip': 'A list that grows after `STLS` is no mistake: PLAIN is only safe there.',
  'capability.RESP-CODES': 'Whatever stands in brackets at the beginning of an answer’s text is a code for programs.',
  'capability.RESP-CODES.slip': 'Codes are read without regard to case, and details behind a `/` may be passed over.',
  'capability.AUTH-RESP-CODE': 'A login that fails for its name or password always has the code `[AUTH]`.',
  'capability.AUTH-RESP-CODE.slip': 'So a refusal without that code says nothing against the password.',
  'capability.PIPELINING': 'Commands may be sent without waiting for the answers; these come in the same order.',
  'capability.PIPELINING.slip': 'Never behind `STLS`: its answer has to be waited for.',
  'capability.LOGIN-DELAY': 'How many seconds have to pass between two logins.',
  'capability.LOGIN-DELAY.slip': 'It counts from the last login that succeeded, not from its end.',
  'capability.EXPIRE': 'After how many days the server may remove letters by itself; `NEVER` where it does not.',
  'capability.EXPIRE.slip': '`EXPIRE 0` means that letters you fetched are gone after QUIT, even without DELE.',
  'capability.IMPLEMENTATION': 'Which program the server is, for logs.',
  'capability.IMPLEMENTATION.slip': 'No client may behave differently because of it.',
} as const
