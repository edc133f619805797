using System.Collections.Concurrent;
using System.Globalization;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary>
/// <c>/status/404</c> and any other status (429 and 503 with <c>Retry-After</c>, <c>?retry-after=</c> seconds);
/// <c>/flaky/2/KEY/small.mp4</c> answers 500 to the first two requests with that key, then serves.
/// </summary>
internal sealed class RefusingOrigin(MediaCatalogue catalogue) : ISite
{
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(
            "/status/{code:int}/{**name}",
            (int code, HttpContext context) =>
            {
                if (code is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
                {
                    var wait = context.Request.Query["retry-after"].FirstOrDefault() ?? "2";
                    context.Response.Headers.RetryAfter = wait;
                }

                return TypedResults.Text(
                    string.Create(CultureInfo.InvariantCulture, $"The lab answers {code}, as asked.\n"),
                    statusCode: code
                );
            }
        );
        routes.MapMethods("/flaky/{times:int}/{key}/{name}", [HttpMethods.Get, HttpMethods.Head], FlakyAsync);
    }

    private async Task<IResult> FlakyAsync(int times, string key, string name, CancellationToken cancellationToken)
    {
        if (_failures.AddOrUpdate(key, 1, (_, failed) => failed + 1) <= times)
        {
            return TypedResults.InternalServerError();
        }

        var path = await catalogue.FindFileAsync(name, "", cancellationToken);
        return path is null ? TypedResults.NotFound() : StoredFile.Serve(path);
    }
}
