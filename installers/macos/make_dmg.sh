#!/usr/bin/env bash
# Signs the .app with the hardened runtime and packs it: make_dmg.sh APP VERSION. Without MACOS_IDENTITY it is signed ad
# hoc, which Gatekeeper lets a user open only by "Open anyway". With MACOS_NOTARY_PROFILE the image is notarised.
set -euo pipefail
app=$1 version=$2
here=$(cd "$(dirname "$0")" && pwd)
codesign --force --deep --options runtime --entitlements "$here/entitlements.plist" \
  --sign "${MACOS_IDENTITY:--}" "$app"
codesign --verify --deep --strict "$app"
staging=$(mktemp -d)
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
image="$(dirname "$app")/FER-Desktop-$version.dmg"
hdiutil create -volname "FER Desktop" -srcfolder "$staging" -ov -format UDZO "$image"
rm -rf "$staging"
if [ -n "${MACOS_NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$MACOS_NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
