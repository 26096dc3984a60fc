/** The lab: a world in which everything is open. */
export default {
  pageTitle: '{world}, lab',
  noWorldTitle: 'No such world',
  noWorld: 'There is no such world.',
  noWorldWhy: 'The address may be mistyped. These can be opened:',
  startAnew: 'Reset',
  write: 'Write a letter',
  world: 'World',
  byHand: 'By hand',
  beServer: 'Be the server',
  beResolver: 'Be the resolver',
} as const
