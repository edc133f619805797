using System.Globalization;
using Decant.Server.Jobs;
using Decant.Server.Jobs.Views;
using Decant.Server.Mcp.Calls;

namespace Decant.Server.Mcp;

/// <summary>Advice to an agent: the next call, or the words to tell its user.</summary>
internal static class NextStep
{
    private const string Nothing = "It cannot be had by trying again. Tell the user why, and ask for another address.";
    private const string Purse =
        "Do not try again. Tell the user how much is missing; an administrator can top up, and a clip (start, end) costs less.";
    private const string Cookies =
        "Do not try again. Tell the user that the platform shows this only to accounts of its own, and that cookies of such an account can be given to this server (PUT /api/v1/platforms/{platform}/cookies, or the page's settings).";

    public static string After(CallRefusedException refusal) =>
        refusal.Code switch
        {
            "invalid_request" => "Correct the arguments that the message names, and call again.",
            "invalid_url" or "unsupported_url" => "Ask the user for the address of the page that shows the medium.",
            "unknown_format" => "Call look_up with include_formats to see what there is, and choose of that.",
            "unauthenticated" or "key_revoked" =>
                "Do not try again. Ask the user for a valid API key in the configuration of this MCP server.",
            "forbidden" => "Do not try again. Ask the user for a key with the scope that the message names.",
            "insufficient_credits" or "insufficient_api_balance" => Purse,
            "private_content" or "login_required" or "age_restricted" => Cookies,
            "too_long" => "Ask for a part of it: give start and end.",
            "too_large" => "Ask for a lower quality, or for a part of it: give start and end.",
            "not_found" => "Call list_jobs for the numbers of the jobs that there are.",
            "wrong_state" => "Call get_link to see how the job stands.",
            "not_started" => "Tell the user when it begins, and call again then.",
            "idempotency_conflict" => "Leave idempotency_key out, or give another.",
            "source_blocked" => "The platform refuses this server. Tell the user; cookies of an account may help.",
            _ when refusal.RetryAfter is { } seconds => string.Create(
                CultureInfo.InvariantCulture,
                $"Wait {seconds} seconds, then call again with the same arguments."
            ),
            _ when refusal.IsRetryable =>
                "Wait 30 seconds, then call again once with the same arguments; then tell the user.",
            _ => Nothing,
        };

    public static string After(JobView job) =>
        job switch
        {
            { Status: JobStatus.Completed, DownloadUrl: not null } =>
                $"Give download_url to the user, or fetch it: it needs no credential, and ends {job.ExpiresAt:u}.",
            { Status: JobStatus.Completed } => "Its files have expired. Call download again if they are still wanted.",
            { Status: JobStatus.Failed, Error: { } error } => After(
                new CallRefusedException(error.Code, error.Message)
            ),
            { Status: JobStatus.Cancelled } =>
                "It was cancelled, and cost nothing. Call download again if it is still wanted.",
            { Parked: { } parked } => parked.Message + " Tell the user; get_link shows it later.",
            _ => $"It is under way. Call get_link with job_id {job.Id} to wait for it, or cancel to stop it.",
        };
}
