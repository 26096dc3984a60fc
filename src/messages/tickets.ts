import english from './en/tickets'
import { topic } from './topic'

export const ticketsText = topic('tickets', english)
