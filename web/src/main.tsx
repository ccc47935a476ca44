import { render } from 'preact';

import './generated/theme.css';
import './ui/styles.css';
import { loadSettings } from './settings';
import { loadLanguage, pickLanguage } from './texts/language';
import { setLanguage } from './texts/tr';
import { App } from './ui/app';

setLanguage(await loadLanguage(pickLanguage(loadSettings().language, navigator.language)));
const root = document.getElementById('app');
if (root) render(<App />, root);
