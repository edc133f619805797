using System.Net;
using System.Net.Http.Headers;
using Decant.Client.Wire;

namespace Decant.Client.Fetching;

/// <summary>Brings one file here: goes on where a connection broke off, begins anew where the file is another one, and counts.</summary>
/// <param name="http">Sends no credential: the link is signed.</param>
/// <param name="freshLink">The file's link as it is now.</param>
/// <param name="time">The clock.</param>
internal sealed class FileFetch(HttpClient http, Func<CancellationToken, Task<Uri>> freshLink, TimeProvider time)
{
    /// <summary>Attempts in a row that bring nothing.</summary>
    private const int Attempts = 5;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <param name="otherwise">The file's name where the server says none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FileHead> HeadAsync(string otherwise, CancellationToken cancellationToken)
    {
        var link = await freshLink(cancellationToken);
        return await Patience.TryAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Head, link);
                using var answer = await http.SendAsync(request, cancellationToken);
                return answer.StatusCode == HttpStatusCode.OK
                    ? FileHead.Of(answer, otherwise)
                    : throw await Refusals.ReadAsync(answer, time, cancellationToken);
            },
            time,
            cancellationToken
        );
    }

    /// <returns>Bytes of the file.</returns>
    /// <exception cref="DecantException">It did not come whole.</exception>
    public async Task<long> FetchAsync(
        FileHead head,
        Destination destination,
        Action<long> received,
        CancellationToken cancellationToken
    )
    {
        var fruitless = 0;
        while (true)
        {
            var before = destination.Length;
            try
            {
                head = await FetchRestAsync(head, destination, received, cancellationToken);
                await destination.FlushAsync(cancellationToken);
                return destination.Length == (head.Length ?? destination.Length)
                    ? destination.Length
                    : throw new EndOfStreamException($"It ended after {destination.Length} of {head.Length} bytes.");
            }
            catch (Exception exception) when (MayGoOn(exception, cancellationToken))
            {
                fruitless = destination.Length > before ? 1 : fruitless + 1;
                if (fruitless == Attempts)
                {
                    throw exception as DecantException ?? Failures.Unreachable(exception);
                }

                var wait = (exception as DecantException)?.RetryAfter ?? Patience.Usual(fruitless);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private static bool MayGoOn(Exception exception, CancellationToken cancellationToken) =>
        exception is DecantException { Retryable: true } || Failures.IsOfConnection(exception, cancellationToken);

    /// <returns>The head of what came, which is another one where the file has changed.</returns>
    private async Task<FileHead> FetchRestAsync(
        FileHead head,
        Destination destination,
        Action<long> received,
        CancellationToken cancellationToken
    )
    {
        if (head.Tag is null)
        {
            destination.Restart();
        }

        var from = destination.Length;
        if (from > 0 && from == head.Length)
        {
            return head;
        }

        using var silence = new CancellationTokenSource(Silence, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, await freshLink(cancellationToken));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(head.Tag!);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over.Token);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                destination.Restart();
                break;
            case HttpStatusCode.PartialContent when answer.Content.Headers.ContentRange?.From == from:
                break;
            default:
                throw await Refusals.ReadAsync(answer, time, over.Token);
        }

        await using var body = await answer.Content.ReadAsStreamAsync(over.Token);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, over.Token)) > 0; silence.CancelAfter(Silence))
        {
            await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            received(destination.Length);
        }

        return FileHead.Of(answer, head.Name);
    }
}
