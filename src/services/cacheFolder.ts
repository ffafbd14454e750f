// Where a program may keep what it can make or fetch again, as each system has it.

import os from 'node:os';
import path from 'node:path';

/** The user's cache folder for this product; it need not exist. */
export function cacheFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return path.join(systemFolder(platform, environment), 'inside-llms');
}

function systemFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') {
    return environment.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
  }
  if (platform === 'darwin') {
    return path.join(os.homedir(), 'Library', 'Caches');
  }
  const { XDG_CACHE_HOME } = environment;
  // The specification: a relative path counts as none.
  return XDG_CACHE_HOME !== undefined && path.isAbsolute(XDG_CACHE_HOME)
    ? XDG_CACHE_HOME
    : path.join(os.homedir(), '.cache');
}
