/** Questions to the DNS, typed as for `dig`. */
export default {
  title: 'Ask the DNS',
  line: 'Question',
  ask: 'Ask',
  first: 'dig mx {domain}',
  queryTime: ';; Query time: {ms} msec',
  about:
    'dig is the program with which one asks the DNS. Give a type and a name; add @ and an address to ask another server, +norecurse for what that server itself knows.',
  answer: 'Answer to {command}',
  show: 'Choose the response on the wire',
  showAsking: 'Choose the moment at which it was asked',
  underWay: 'No answer yet.',
  heard: '{status}, {count, plural, =0 {no records} one {# record} other {# records}} in the answer.',
  sentOn: 'Ask the servers of {zone} {records}',
  timedOut: 'No server gave an answer.',
  stopped: 'The host lost its power before an answer came.',
  noResolver: 'This host has no resolver: name a server, as in dig @198.51.100.1 mx bird.example.',
  noName: 'Give a name to ask for, as in dig mx bird.example.',
  notAName: '“{name}” cannot be a name: its parts have 1 to 63 characters, with dots between.',
  noServer: '“{word}” is no server: write @ and an IPv4 address, as @198.51.100.1.',
  noOption: '“{word}” is no option here: there are +recurse and +norecurse.',
  tooMuch: '“{word}” is one word too many: one name, and one type of {types}.',
} as const
