// What Maven runs: `node scripts/build.mjs install | check | bundle`. Each step is skipped when nothing it
// depends on has changed since it last succeeded, so that a rebuild of the Java side costs no time here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dependencies = ['package.json', 'package-lock.json'];
const sources = [
    ...dependencies,
    'index.html',
    'tsconfig.json',
    'vite.config.ts',
    'eslint.config.js',
    '.prettierrc.json',
    'public',
    'src',
];

const steps = {
    install: {
        inputs: dependencies,
        stamp: 'node_modules/.parley-install',
        output: 'node_modules',
        commands: [['npm', 'ci', '--no-audit', '--no-fund']],
    },
    check: {
        inputs: sources,
        stamp: 'target/web-check.stamp',
        output: 'target',
        commands: [
            ['npm', 'run', '--silent', 'lint'],
            ['npm', 'test', '--silent'],
        ],
    },
    bundle: {
        inputs: sources,
        stamp: 'target/web-bundle.stamp',
        output: 'target/classes/META-INF/resources/index.html',
        commands: [['npm', 'run', '--silent', 'build', '--', '--logLevel', 'warn']],
    },
};

function filesUnder(path) {
    return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
}

function fingerprint(inputs) {
    const hash = createHash('sha256').update(process.version);
    for (const input of inputs) {
        const files = input.includes('.') ? [join(root, input)] : filesUnder(input);
        for (const file of files) {
            hash.update(file).update('\0').update(readFileSync(file)).update('\0');
        }
    }
    return hash.digest('hex');
}

function isUpToDate({ stamp, output }, wanted) {
    const stampFile = join(root, stamp);
    return (
        existsSync(join(root, output)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted
    );
}

function run([command, ...args]) {
    const result = spawnSync(command, args, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
    });
    if (result.error) {
        console.error(`web: ${command} could not be started: ${result.error.message}`);
        process.exit(1);
    }
    if (result.status !== 0) {
        process.exit(result.status ?? 1);
    }
}

const step = steps[process.argv[2]];
if (!step) {
    console.error(`Usage: node scripts/build.mjs ${Object.keys(steps).join(' | ')}`);
    process.exit(2);
}
const wanted = fingerprint(step.inputs);
if (!isUpToDate(step, wanted)) {
    step.commands.forEach(run);
    mkdirSync(join(root, step.stamp, '..'), { recursive: true });
    writeFileSync(join(root, step.stamp), wanted);
}
