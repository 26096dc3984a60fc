import english from './en/states'
import { topic } from './topic'

export const statesText = topic('states', english)
