#!/usr/bin/env bash
# Make exactpwl/explore/vendor/three.min.js anew: the parts of three.js that the page uses, in one script.
# It is committed, so that neither a user nor the tests need npm; this says how it came to be.
#
#     tools/vendor_three.sh          needs npm and its registry
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

THREE=0.187.0
ESBUILD=0.28.2
vendor=$PWD/exactpwl/explore/vendor

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "three@$THREE" "esbuild@$ESBUILD"
cat >entry.js <<'JS'
export {
    BufferAttribute, BufferGeometry, Color, DataTexture, DoubleSide, LinearFilter, Mesh, PerspectiveCamera, Raycaster,
    RGBAFormat, REVISION, Scene, ShaderMaterial, Vector2, WebGLRenderer,
} from "three";
export { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
export { LineMaterial } from "three/examples/jsm/lines/LineMaterial.js";
export { LineSegments2 } from "three/examples/jsm/lines/LineSegments2.js";
export { LineSegmentsGeometry } from "three/examples/jsm/lines/LineSegmentsGeometry.js";
JS
npx esbuild entry.js --bundle --minify --format=iife --global-name=THREE --legal-comments=inline \
    --charset=ascii --outfile="$vendor/three.min.js"
cp node_modules/three/LICENSE "$vendor/LICENSE.three.txt"
