using System.Net.Http.Json;
using System.Text.Json;

namespace Decant.Bench;

/// <summary>The running service: submit, poll, fetch, as a client does.</summary>
internal sealed class DecantDownload(DecantService service, Uri medium, string format) : IContestant
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);

    private int _round;

    public async Task<string> GetAsync(string folder, CancellationToken cancellationToken)
    {
        // Another query each time: the service keeps look-ups for a minute, which the others do not have.
        var url = $"{medium}?round={format}{_round++}";
        var answer = await PostAsync(new { url, format }, cancellationToken);
        var id = answer.GetProperty("job").GetProperty("id").GetInt64();
        while (true)
        {
            var job = await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/video/jobs/{id}", cancellationToken);
            switch (job.GetProperty("status").GetString())
            {
                case "COMPLETED":
                    return await FetchAsync(job.GetProperty("download_url").GetString()!, folder, cancellationToken);
                case "PROCESSING":
                    await Task.Delay(PollEvery, cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"The job ended as {job}.");
            }
        }
    }

    private async Task<JsonElement> PostAsync(object request, CancellationToken cancellationToken)
    {
        using var response = await service.Http.PostAsJsonAsync("/api/v1/video/download", request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task<string> FetchAsync(string link, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, $"medium.{format}");
        await using var made = await service.Http.GetStreamAsync(link, cancellationToken);
        await using var kept = File.Create(file);
        await made.CopyToAsync(kept, cancellationToken);
        return file;
    }
}
