import { render } from 'preact';
import type { PageData } from '../html/page-data.js';
import { App } from './app.js';
import { Live } from './live.js';
import './look/base.css';
import './look/parts.css';
import './look/charts.css';
import './look/counterexample.css';
import './look/arena.css';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
const root = document.getElementById('app');
if (root !== null) render(data.live === undefined ? <App data={data} /> : <Live first={data} />, root);
