/** The frame of every page: the top bar, the keys, and the error messages. */
export default {
  skip: 'Skip to content',
  lostTitle: 'No such page',
  lost: 'There is no such page.',
  lostWhy: 'The address may be from an older time, or mistyped.',
  lostRemedy: 'Go to the home page',
  home: 'EHLO World, home',
  pages: 'Pages',
  'page.learn': 'Learn',
  'page.lab': 'Lab',
  'page.quiz': 'Quiz',
  'page.reference': 'Reference',
  'page.watch': 'Watch',
  theme: 'Theme: {now, select, light {light} dark {dark} other {as the system}}',
  themeChange:
    'Theme: {now, select, light {light} dark {dark} other {as the system}}. Change to {next, select, light {light} dark {dark} other {as the system}}',
  keys: 'Keys',
  keysHint: 'Keys (?)',
  close: 'Close',
  notKept:
    'This browser does not let the page store anything: your work is lost when you leave. Allow storage for this address, or leave private browsing.',
  stopped: 'This part of the page has stopped.',
  stoppedKept:
    'Your work is kept: letters, answers and progress are stored in this browser and are still there when you go on.',
  keptLate:
    'This browser’s storage does not answer. The page works without it: what you do is kept as soon as it answers, and lost if you leave before.',
  missing: 'A part of this page could not be fetched.',
  missingWhy:
    'The server does not answer, or a newer version of this page has been put in its place. Load the page again.',
  reload: 'Load the page again',
  again: 'Try again',
  startOver: 'Start over, keep my work',
  beginAnew: 'Begin this world anew',
  yourWork: 'Your work',
  changedElsewhere: 'This world was changed in another window. What you did here is kept apart until you choose.',
  takeOther: 'Take that one',
  keepMine: 'Keep mine',
  unreadableRun:
    'What was kept of this world could not be read, so it begins anew. A copy is put aside in this browser.',
  allRight: 'All right',
} as const
