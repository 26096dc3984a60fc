import english from './en/settings'
import { topic } from './topic'

export const settingsText = topic('settings', english)
