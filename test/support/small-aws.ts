import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a local server says to one call. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A call as it arrived: the action of the query protocols, else the target header, else method and path. */
export interface Asked {
  readonly action: string;
}

/** An endpoint that answers as AWS would, and remembers what it was asked. */
export class SmallAws {
  readonly asked: string[] = [];
  private server: Server | undefined;

  /** `answers`: by action; what is not named is answered with the error that AWS gives for a missing permission. */
  constructor(private readonly answers: Readonly<Record<string, Answer>>) {}

  async open(): Promise<string> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const query = new URLSearchParams(Buffer.concat(parts).toString());
        const target = request.headers['x-amz-target'];
        const action = query.get('Action') ?? (typeof target === 'string' ? target : `${request.method} ${request.url}`);
        this.asked.push(action);
        const { status, body } = this.answers[action] ?? denied(action);
        response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' });
        response.end(body);
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

export const CALLER = 'arn:aws:sts::123456789012:assumed-role/ci/me';

export const identity = (account: string): Answer => ({
  status: 200,
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${CALLER}</Arn><UserId>x</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
});

/** The query protocols' error. */
export const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>`,
});

const denied = (action: string): Answer =>
  refusal(
    403,
    'AccessDenied',
    `User: ${CALLER} is not authorized to perform: cloudformation:${action} on resource: arn:aws:cloudformation:us-east-1:123456789012:stack/empire-hello/*`,
  );
