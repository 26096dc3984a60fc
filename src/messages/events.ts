import english from './en/events'
import { topic } from './topic'

export const eventsText = topic('events', english)
