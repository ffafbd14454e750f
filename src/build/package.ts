// npm run package: one VSIX for all systems, inside-llms-VERSION.vsix, and NOTICE beside it. --list prints its files.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import vsce from '@vscode/vsce';
import { bundleAll, readMetafiles } from './bundle.ts';
import { warnOfMissingModel } from './models.ts';
import { noticeText, shippedPackages } from './notice.ts';
import { inRoot, root } from './paths.ts';

/** The files that the VSIX holds, as the repository names them, sorted. dist/ must have been built. */
export async function vsixFiles(): Promise<string[]> {
  const files = await vsce.listFiles({ cwd: root, packageManager: vsce.PackageManager.None });
  return files.map((file) => file.replaceAll('\\', '/')).sort();
}

/** NOTICE as the last build wants it, and the packages in it. */
export async function wantedNotice() {
  const packages = shippedPackages(await readMetafiles());
  return { packages, notice: noticeText(packages) };
}

/** Packages what has been built. @returns its size in bytes. */
export async function makeVsix(packagePath: string): Promise<number> {
  const { log, info, warn } = console;
  // vsce tells its tale on stdout, where a caller may want nothing but its own words.
  Object.assign(console, { log: () => {}, info: () => {}, warn: console.error });
  try {
    await createVsix(packagePath);
  } finally {
    Object.assign(console, { log, info, warn });
  }
  return statSync(packagePath).size;
}

async function createVsix(packagePath: string): Promise<void> {
  await vsce.createVSIX({
    cwd: root,
    packagePath,
    dependencies: false, // the bundles hold what they need
    allowMissingRepository: true,
    rewriteRelativeLinks: false, // the README's picture is in the VSIX
  });
}

if (import.meta.main) {
  await bundleAll();
  const { packages, notice } = await wantedNotice();
  if (!existsSync(inRoot('NOTICE')) || readFileSync(inRoot('NOTICE'), 'utf8') !== notice) {
    writeFileSync(inRoot('NOTICE'), notice);
    console.log('NOTICE was out of date and was written anew: commit it.');
  }
  const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const out = inRoot(`${name}-${version}.vsix`);
  const size = `${((await makeVsix(out)) / 1024 / 1024).toFixed(2)} MB`;
  const files = await vsixFiles();
  if (process.argv.includes('--list')) {
    console.log(files.join('\n'));
  }
  console.log(`${out}: ${files.length} files, ${size}, with code from ${packages.length} packages.`);
  await warnOfMissingModel();
}
