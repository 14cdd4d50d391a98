import { type GroundRule, Piece } from './input.js';

/** The certificate of the shared public load balancer is of this region and account, and issued. */
export const certificate: GroundRule = {
  name: 'certificate',
  run: async (input) => {
    const { certificate: given } = input.ground;
    if (given.kind === 'none') return [];
    const { region, account } = input.caller;
    const piece = new Piece(input, 'certificate', 'CERTIFICATE', given.value);
    const [, , , its, owner] = given.value.split(':');
    if (its !== region || owner !== account) {
      const text = `it is in ${its} of ${owner}, and the platform in ${region} of ${account}: a load balancer takes only its own region's`;
      return [piece.misfit(text, `write the ARN of a certificate of ${region} into ${piece.written}`)];
    }
    const found = await input.windows.certificates.describe(given.value);
    if (found.kind === 'none') return [piece.missing('there is no such certificate')];
    const { status } = found.value;
    if (status === 'ISSUED') return [piece.fits('issued')];
    return [piece.misfit(`it is ${status}, not ISSUED`, 'validate it in ACM first')];
  },
};

/** The bucket of releases is there, in this region, and keeps every version. */
export const releases: GroundRule = {
  name: 'releases-bucket',
  run: async (input) => {
    const { bucket } = input.ground.platform;
    if (bucket.kind === 'none') return [];
    const { region } = input.caller;
    const piece = new Piece(input, 'releases-bucket', 'RELEASES_BUCKET', bucket.value);
    const found = await input.windows.store.bucket(bucket.value);
    if (found.kind === 'none') return [piece.missing('there is no such bucket')];
    if (found.value.region !== '' && found.value.region !== region)
      return [
        piece.misfit(
          `it is in ${found.value.region}, not in ${region}: CloudFormation would not read templates from it`,
          `name a bucket of ${region} in ${piece.written}`,
        ),
      ];
    if (found.value.versioned) return [piece.fits('keeps every version')];
    const hint = `turn it on: \`aws s3api put-bucket-versioning --bucket ${bucket.value} --versioning-configuration Status=Enabled\``;
    return [piece.misfit('it does not keep versions: a release that is overwritten or deleted by mistake would be gone', hint)];
  },
};
