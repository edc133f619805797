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
        switch (@event)
        {
            case "progress":
                onProgress?.Invoke(message.Deserialize(WorkerJson.Default.WorkerProgress));
                break;
            case "result":
                _reply.TrySetResult(new WorkerReply.Answered(message));
                break;
            case "error":
                _reply.TrySetResult(new WorkerReply.Failed(message.Deserialize(WorkerJson.Default.WorkerFailure)!));
                break;
            default:
                throw new JsonException($"The worker spoke of \"{@event}\".");
        }
    }
}
