import { render } from 'preact';

import './generated/theme.css';
import './ui/styles.css';
import { App } from './ui/app';

const root = document.getElementById('app');
if (root) render(<App />, root);
