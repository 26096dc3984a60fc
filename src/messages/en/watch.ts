/** The page that watches a served world. */
export default {
  title: 'Watch real programs',
  how: 'A world is served to the programs of this machine by <code>{command}</code>, and this page then shows what they do.',
  'state.connecting': 'Connecting to the served world.',
  'state.lost': 'The connection to the served world is lost: this is what was heard of it. It is tried again.',
  'state.ended': 'The served world has ended: this is what was heard of it. Serve it anew to go on.',
  'state.closed': 'No served world answers here, or as many pages watch it already as may. It is tried again.',
  'state.tooLate':
    'More has been done in this world than it keeps to tell, so a page that comes now cannot follow. Serve it anew, and open the page before your programs begin.',
  'state.unreadable': 'What the served world tells cannot be read: it may be another version. Load the page again.',
  live: 'Live',
  behind: 'You look back; the world goes on.',
  backToLive: 'Back to live',
} as const
