/** The quiz: statements, choices, and what comes of an answer. */
export default {
  questionOf: 'question {number} of {count}',
  before: 'Question before',
  skip: 'Skip for now',
  next: 'Next question',
  allRight: '{count, plural, one {The answer is right.} other {All # answers are right.}}',
  someRight: '{right} of {count} answers are right; the others come back in a few days.',
  toCourse: 'To the course',
  lesson: 'Lesson',
  moment: 'The stage stands at the moment that shows it. Step back and forward as you like.',
  back: 'Back to the quiz',
  keys: 'Arrow keys move, Space decides.',
  placed: '{placed} of {count} placed',
  allPlaced: '{count, plural, one {It is in its place.} other {All # are in their place.}}',
  somePlaced: '{right} of {count} are in their place.',
  nextStatement: 'Next statement',
  tryMissed: 'Try the missed ones again',
  showMe: 'Show me at <code>{time}</code>',
  right: 'Right: “{answer}”.',
  wrong: 'You said “{said}”; it is “{answer}”.',
  wrongComesBack:
    'You said “{said}”; it is “{answer}”. This one comes back in {days, plural, one {a day} =2 {two days} other {# days}}.',
} as const
