from locust import HttpUser, constant, task

from service import texts


class Reader(HttpUser):
    wait_time = constant(0.05)
    queries = texts(20)
    turn = 0

    @task(5)
    def search(self):
        self.turn += 1
        query = self.queries[self.turn % len(self.queries)]
        self.client.get("/search", params={"q": query}, name="/search")

    @task(1)
    def health(self):
        self.client.get("/health")
