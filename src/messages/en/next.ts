/** The headline of a run, and what one can do at its end. */
export default {
  headline: 'Headline',
  over: 'The run ends here.',
  'with.over': 'The run ends here: {headline}',
  rests: 'The run rests here, and a letter is still on its way.',
  'with.rests': 'The run rests here, and a letter is still on its way: {headline}',
  howToSend: '“Write a letter” sends one.',
  readIt: 'Read it',
  whatNext: 'What next?',
  slowly: 'Watch again slowly',
  write: 'Write your own letter',
  nobody: 'What if nobody lives there?',
  try: 'Next try',
  end: 'To its end',
  firstLesson: 'First lesson',
  nextLesson: 'Next lesson',
  course: 'The course',
} as const
