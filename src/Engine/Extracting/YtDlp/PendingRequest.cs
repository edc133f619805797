using System.Text.Json;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A request whose last word has not come.</summary>
internal sealed class PendingRequest(Action<WorkerProgress>? onProgress)
{
    private readonly TaskCompletionSource<WorkerReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WorkerReply> Reply => _reply.Task;

    public void Lose(WorkerLostException loss) => _reply.TrySetException(loss);

    public void Hear(string @event, JsonElement message)
    {
        if (@event == "progress")
        {
            onProgress?.Invoke(message.Deserialize(WorkerJson.Default.WorkerProgress));
            return;
        }

        _reply.TrySetResult(
            WorkerReply.TryRead(message) ?? throw new JsonException($"The worker spoke of \"{@event}\".")
        );
    }
}
