import english from './en/panels'
import { topic } from './topic'

export const panelsText = topic('panels', english)
