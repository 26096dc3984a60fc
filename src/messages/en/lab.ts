/** The lab: a world in which everything is open. */
export default {
  noWorld: 'There is no such world.',
  noWorldWhy: 'The address may be mistyped. These can be opened:',
  startAnew: 'Start anew',
  write: 'Write a letter',
  world: 'World',
} as const
