// Why files are left out of the index, in words.

import { t } from '../l10n.ts';

export function reasonName(reason: string): string {
  const names: Readonly<Record<string, string>> = {
    ignored: t('Left out by an ignore file or a setting'),
    binary: t('Not text'),
    large: t('Too large'),
    secret: t('Looks like a secret'),
    minified: t('Minified: lines too long to be read'),
    unreadable: t('Could not be read'),
    outside: t('A link out of its folder, or in a circle'),
    encoding: t('In an encoding that is not known'),
  };
  return Object.hasOwn(names, reason) ? (names[reason] as string) : reason;
}
