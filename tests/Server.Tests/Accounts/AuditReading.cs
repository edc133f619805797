using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Accounts;

internal static class AuditReading
{
    /// <summary>What the trail says of an account, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> AuditOfAsync(this DecantServer server, long accountId) =>
        [.. (await server.AuditEntriesOfAsync(accountId)).Select(entry => entry.Text("action"))];

    public static async Task<IReadOnlyList<JsonNode>> AuditEntriesOfAsync(this DecantServer server, long accountId)
    {
        var page = await (
            await server.Http.GetAsync($"{Person.Admin}/audit?user_id={accountId}&limit=200")
        ).ReadOkAsync();
        return [.. page["items"]!.AsArray().Select(entry => entry!).Reverse()];
    }
}
