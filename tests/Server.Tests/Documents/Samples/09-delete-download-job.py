job_id = 123
response = requests.delete(
    f"https://api.audiopod.ai/api/v1/video/video-download/jobs/{job_id}",
    headers={"X-API-Key": api_key}
)

if response.status_code == 200:
    result = response.json()
    print(result["message"])  # "Job deleted successfully"
